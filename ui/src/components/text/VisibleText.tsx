import { useTranslation } from "react-i18next";
import { cx } from "../cx";
import { markOf, visibleParts } from "./visible";
import styles from "./VisibleText.module.css";

interface VisibleTextProps {
  text: string;
  className?: string | undefined;
}

/** Text that came from outside: bidi-isolated, with control and bidi characters as marks. */
export function VisibleText({ text, className }: VisibleTextProps) {
  const { t } = useTranslation();
  return (
    <bdi className={className} dir="auto">
      {visibleParts(text).map((part, index) =>
        "text" in part ? (
          part.text
        ) : (
          <span
            key={index}
            className={cx(styles.mark, part.code > 0x20 && styles.code)}
            title={t("common.showControl", { code: part.code.toString(16).toUpperCase().padStart(4, "0") })}
          >
            {markOf(part.code)}
          </span>
        ),
      )}
    </bdi>
  );
}
