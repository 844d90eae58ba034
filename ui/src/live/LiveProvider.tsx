import { useQueryClient } from "@tanstack/react-query";
import { createContext, useEffect, useMemo, useState, type ReactNode } from "react";
import type { Revisions, Welcome } from "@/contract";
import { usePlatform, type Link } from "@/platform";
import { areaRefresh, type Area } from "./refresh";
import { liveStore, type LiveStore } from "./store";

export interface Live {
  store: LiveStore;
  /** Grows with every client.hello; views and jobs of an earlier epoch are gone. */
  epoch: number;
  link: Link;
  /** Answer of the latest client.hello; null before the first. */
  welcome: Welcome | null;
  /** Why client.hello failed, if it did. */
  failure: unknown;
}

export const LiveContext = createContext<Live | null>(null);

const AREAS: Area[] = ["tree", "sessions", "settings", "sandbox", "workspace", "tokens", "packets", "certificates", "diagnoses"];

/** Says hello whenever the link opens, takes ticks, and keeps queries as new as the revisions. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const platform = usePlatform();
  const queries = useQueryClient();
  const [link, setLink] = useState<Link>("connecting");
  const [hello, setHello] = useState<{ epoch: number; welcome: Welcome | null; failure: unknown }>({
    epoch: 0,
    welcome: null,
    failure: null,
  });
  const store = useMemo(
    () =>
      liveStore((number) => {
        // A lost link ends the wait for this acknowledgement by itself.
        platform.call("client.ack", { number }).catch(() => undefined);
      }),
    [platform],
  );

  useEffect(() => platform.onTick(store.take), [platform, store]);

  useEffect(() => {
    let current = true;
    async function sayHello() {
      try {
        const welcome = await platform.call("client.hello", {});
        if (!current) return;
        store.restart(welcome.revisions);
        setHello((last) => ({ epoch: last.epoch + 1, welcome, failure: null }));
        void queries.invalidateQueries();
      } catch (failure) {
        if (current) setHello((last) => ({ ...last, failure }));
      }
    }
    const stop = platform.onLink((next) => {
      setLink(next);
      if (next === "open") void sayHello();
    });
    return () => {
      current = false;
      stop();
    };
  }, [platform, queries, store]);

  useEffect(() => {
    const refresh = areaRefresh(queries);
    let seen: Revisions = store.get().revisions;
    return store.subscribe(() => {
      const now = store.get().revisions;
      for (const area of AREAS) if (now[area] !== seen[area]) refresh(area);
      // Devices and hubs say who uses a certificate; their changes count for the tree alone.
      if (now.tree !== seen.tree) refresh("certificates");
      seen = now;
    });
  }, [queries, store]);

  useEffect(() => {
    function tell() {
      platform.call("client.visibility", { visible: document.visibilityState === "visible" }).catch(() => undefined);
    }
    document.addEventListener("visibilitychange", tell);
    return () => document.removeEventListener("visibilitychange", tell);
  }, [platform]);

  const live = useMemo(() => ({ store, link, ...hello }), [store, link, hello]);
  return <LiveContext value={live}>{children}</LiveContext>;
}
