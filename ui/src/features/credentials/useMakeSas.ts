import { useTranslation } from "react-i18next";
import { errorText } from "@/components/feedback";
import { useToasts } from "@/components/toast";
import type { MadeSas, SasEnd, SasExit, SasScope } from "@/contract";
import { usePlatform } from "@/platform";

interface Wanted {
  scope: SasScope;
  end: SasEnd;
}

/** Makes SAS tokens. What fails is said in a toast; the answer is null then. */
export function useMakeSas() {
  const { t } = useTranslation();
  const platform = usePlatform();
  const toasts = useToasts();

  async function make(wanted: Wanted, exit: SasExit): Promise<MadeSas | null> {
    try {
      return await platform.call("sas.make", { ...wanted, exit });
    } catch (thrown) {
      const { sentence, hint } = errorText(t, thrown);
      toasts.show({ tone: "bad", title: t("credentials.notMade"), text: hint === null ? sentence : `${sentence} ${hint}` });
      return null;
    }
  }

  return {
    make,
    reveal: async (wanted: Wanted): Promise<string | null> => (await make(wanted, "reveal"))?.token?.text ?? null,
  };
}
