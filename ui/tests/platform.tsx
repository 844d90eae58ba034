import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { ToastProvider } from "@/components/toast";
import type { CommandTable, Error as WireError, Tick, Welcome } from "@/contract";
import { DEFAULT_SETTINGS, LiveProvider, useLive } from "@/live";
import { CommandError, PlatformContext, type Link, type Platform } from "@/platform";

type Answers = { [K in keyof CommandTable]?: (request: CommandTable[K]["request"]) => CommandTable[K]["response"] | Promise<CommandTable[K]["response"]> };

export interface TestPlatform extends Platform {
  /** Every call in order, without acknowledgements. */
  readonly calls: { name: string; request: unknown }[];
  tick(tick: Tick): void;
  link(link: Link): void;
}

const REVISIONS = { tree: 1, sessions: 1, settings: 1, sandbox: 1, workspace: 1, tokens: 1, packets: 1, composing: 1, cleared: 1, certificates: 1, diagnoses: 1 };

export const WELCOME: Welcome = {
  version: "0.0.0",
  shell: "web",
  platform: "linux",
  workspace: { state: { state: "ready" }, location: "/home/someone/hubscope", vault: { level: "os_store" } },
  settings: { ...DEFAULT_SETTINGS, theme: "light" },
  revisions: REVISIONS,
};

/** An error as the engine answers it. */
export function refusal(error: Partial<WireError> & Pick<WireError, "code">): CommandError {
  return new CommandError({ message: "", detail: null, hint: null, retryable: false, fields: [], ...error });
}

/** A platform in memory: answers as told, an empty workspace by itself. */
export function testPlatform(answers: Answers = {}, kind: Platform["kind"] = "web"): TestPlatform {
  const calls: TestPlatform["calls"] = [];
  let onTick: (tick: Tick) => void = () => undefined;
  let onLink: (link: Link) => void = () => undefined;
  const all: Answers = {
    "client.hello": () => WELCOME,
    "client.ack": () => ({}),
    "workspace.get": () => WELCOME.workspace,
    "settings.get": () => WELCOME.settings,
    "settings.set": (settings) => settings,
    "tree.get": () => ({ hubs: [], devices: [] }),
    "tree.layout": () => ({ folders: [], hub_folders: {}, device_folders: {}, folded: [] }),
    "draft.get": ({ key }) => ({ key, json: null }),
    "draft.set": () => ({}),
    "certificate.list": () => ({ entries: [], requests: [] }),
    "job.list": () => ({ jobs: [] }),
    "history.list": () => ({ entries: [] }),
    "saved.list": () => ({ messages: [] }),
    "session.list": () => ({ sessions: [], key_logs: [] }),
    "desk.get": () => ({ tabs: [], current: null, recent: [] }),
    "desk.set": () => ({}),
    "window.menu": () => ({}),
    "sandbox.get": () => ({ state: { state: "stopped" }, personality: "broker", hub: null, devices: [] }),
    ...answers,
  };
  return {
    kind,
    calls,
    call(name, request) {
      if (name !== "client.ack") calls.push({ name, request });
      const answer = all[name];
      if (answer === undefined) return Promise.reject(new Error(`no answer for ${name}`));
      // One microtask later, as every real platform.
      return Promise.resolve().then(() => answer(request));
    },
    bytes: () => Promise.resolve(new ArrayBuffer(0)),
    onTick(listener) {
      onTick = listener;
      return () => undefined;
    },
    onLink(listener) {
      onLink = listener;
      listener("open");
      return () => undefined;
    },
    onMenu: () => () => undefined,
    openWindow: (request) => {
      calls.push({ name: "window.open", request });
      return Promise.resolve();
    },
    look: () => undefined,
    tick: (tick) => onTick(tick),
    link: (link) => onLink(link),
  };
}

/** What the frame shows only after client.hello was answered. */
export function Greeted({ children }: { children: ReactNode }) {
  return useLive().welcome === null ? null : children;
}

/** Renders a part of the page on a platform. */
export function renderOn(platform: Platform, children: ReactNode) {
  const queries = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, retry: false } } });
  return render(
    <QueryClientProvider client={queries}>
      <PlatformContext value={platform}>
        <LiveProvider>
          <ToastProvider>{children}</ToastProvider>
        </LiveProvider>
      </PlatformContext>
    </QueryClientProvider>,
  );
}
