import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { agoWord, LifeBar, shareLeft, spanWord } from "@/components/life";
import type { TokenForm, TokenStatus } from "@/contract";
import { formatDate } from "@/i18n";
import { useClock } from "@/live";
import { lifeTone } from "./life";
import styles from "./Token.module.css";

interface CertificateLifeProps {
  status: TokenStatus;
  form: Extract<TokenForm, { form: "certificate" }>;
  onReplace: () => void;
}

/** How long a client certificate is good: a bar and its number. */
export function CertificateLife({ status, form, onReplace }: CertificateLifeProps) {
  const { t } = useTranslation();
  const life = { from: form.not_before, to: form.not_after };
  const tone = useClock((now) => lifeTone(status, false, now));
  const share = useClock((now) => Math.round(shareLeft(life, now) * 1000) / 1000);
  const left = useClock((now) => (now < life.to ? spanWord(t, life.to - now) : null));
  const ago = useClock((now) => agoWord(t, now - life.to));
  const early = useClock((now) => now < life.from);
  const dates = { from: formatDate(life.from), to: formatDate(life.to) };
  return (
    <div className={styles.life}>
      <span className={styles.barLife} data-tone={tone} role="img" aria-label={left === null ? t("token.over") : t("token.barName", { left })}>
        {left ?? t("token.over")}
        <LifeBar share={share} tone={tone} />
      </span>
      <div className={styles.words}>
        <p className={styles.main}>{left === null ? t("token.expiredAgo", { ago }) : early ? t("token.validFrom", dates) : t("token.validUntil", dates)}</p>
        <p className={styles.quiet}>{t("token.validFor", { ...dates, span: spanWord(t, life.to - life.from) })}</p>
        {(tone !== "ok" || early) && (
          <div className={styles.actions}>
            <Button size="sm" variant="primary" onClick={onReplace}>
              {t("token.replaceCertificate")}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}
