import { useTranslation } from "react-i18next";
import type { KnownRoot } from "@/contract";
import { renderText } from "@/i18n";
import { Note } from "../feedback/Note";

/** What is known of the root that a chain ends in; one that its vendor gave up is a warning. */
export function KnownRootNote({ root }: { root: KnownRoot }) {
  const { t } = useTranslation();
  return (
    <Note tone={root.retired ? "warn" : "quiet"} icon={root.retired ? undefined : "shield-check"} title={t(root.retired ? "chain.retiredRoot" : "chain.knownRoot", { name: root.name })}>
      {renderText(root.words)}
    </Note>
  );
}
