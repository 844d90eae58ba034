import { isTauri } from "@tauri-apps/api/core";
import { desktopPlatform } from "./desktop";
import type { Platform } from "./platform";
import { takeToken, webPlatform } from "./web";

/** The platform of the shell that loaded this page; null in a browser that was not given a token. */
export function choosePlatform(): Platform | null {
  if (isTauri()) return desktopPlatform();
  const token = takeToken();
  if (token === null) return null;
  const address = new URL("/socket", location.href);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  return webPlatform(token, address.href);
}

export { chooseFile, chooseTextFile, downloadFile, MOST_FILE_BYTES, uploadFile } from "./files";
export { PlatformContext, usePlatform } from "./context";
export { CommandError, LinkLost, wireError, type Link, type Platform } from "./platform";
