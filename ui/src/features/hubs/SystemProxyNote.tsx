import { useTranslation } from "react-i18next";
import { Note } from "@/components/feedback";
import type { SystemProxy } from "@/contract";
import { useAnswer } from "@/live";

/** What the environment says of a proxy for this host. */
export function SystemProxyNote({ host, port }: { host: string; port: number | null }) {
  const { t } = useTranslation();
  const { answer } = useAnswer("proxy.found", { host, port: port ?? 0 });
  if (answer === null) return null;
  const words = (proxy: SystemProxy) => {
    switch (proxy.found) {
      case "none":
        return t("connection.found.none");
      case "excepted":
      case "unusable":
        return t(`connection.found.${proxy.found}`, { variable: proxy.variable });
      case "used": {
        const { variable, kind, login } = proxy;
        const shown = t(`connection.kind.${kind === "http" ? "http" : "socks5"}`);
        return t(login ? "connection.found.usedLogin" : "connection.found.used", { variable, kind: shown, address: `${proxy.host}:${proxy.port}` });
      }
    }
  };
  return <Note tone={answer.found === "unusable" ? "bad" : "quiet"}>{words(answer)}</Note>;
}
