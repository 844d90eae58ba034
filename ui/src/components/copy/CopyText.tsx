import { useTranslation } from "react-i18next";
import { IconButton } from "../button/IconButton";
import { useCopy } from "./useCopy";

/** The button that copies a text that is no secret. `what` names it. */
export function CopyText({ text, what }: { text: string; what: string }) {
  const { t } = useTranslation();
  const copy = useCopy();
  if (text === "") return null;
  return <IconButton icon="copy" size="sm" label={t("common.copyWhat", { what })} onClick={() => copy(text, what)} />;
}
