import { CSPProvider } from "@base-ui/react/csp-provider";
import { Tooltip } from "@base-ui/react/tooltip";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { refuseStrayFiles } from "@/components/drop";
import { ToastProvider } from "@/components/toast";
import { LiveProvider } from "@/live";
import { PlatformContext, type Platform } from "@/platform";
import { Gate, NoToken } from "./Gate";

const TOOLTIP_DELAY_MS = 500;

/** The whole page on a platform; null: a browser without a token. */
export function App({ platform }: { platform: Platform | null }) {
  const [queries] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          // Answers are as new as the revisions; the engine is on this machine.
          queries: { staleTime: Infinity, retry: false, networkMode: "always", refetchOnWindowFocus: false },
          mutations: { networkMode: "always" },
        },
      }),
  );
  useEffect(refuseStrayFiles, []);
  if (platform === null) return <NoToken />;
  return (
    // The page's CSP takes no inline style elements.
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={queries}>
        <PlatformContext value={platform}>
          <LiveProvider>
            <Tooltip.Provider delay={TOOLTIP_DELAY_MS}>
              <ToastProvider>
                <Gate />
              </ToastProvider>
            </Tooltip.Provider>
          </LiveProvider>
        </PlatformContext>
      </QueryClientProvider>
    </CSPProvider>
  );
}
