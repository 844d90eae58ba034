import { createContext, use } from "react";
import type { Platform } from "./platform";

export const PlatformContext = createContext<Platform | null>(null);

/** The shell this page runs in. */
export function usePlatform(): Platform {
  const platform = use(PlatformContext);
  if (platform === null) throw new Error("usePlatform outside PlatformContext");
  return platform;
}
