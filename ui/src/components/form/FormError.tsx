import { useTranslation } from "react-i18next";
import { errorText } from "../feedback/errorText";
import { Note } from "../feedback/Note";
import { VisibleText } from "../text/VisibleText";
import { problemsOf } from "./problems";

/** Why a form was not saved: by its fields, or in the error's own words. */
export function FormError({ error }: { error: unknown }) {
  const { t } = useTranslation();
  if (error === null) return null;
  if (problemsOf(error).size > 0) {
    return (
      <Note tone="bad" title={t("common.notSaved")}>
        {t("common.someFields")}
      </Note>
    );
  }
  const { sentence, hint, detail } = errorText(t, error);
  return (
    <Note tone="bad" title={sentence}>
      {hint} {detail !== null && <VisibleText text={detail} className="mono" />}
    </Note>
  );
}
