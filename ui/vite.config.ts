import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const src = fileURLToPath(new URL("./src", import.meta.url));

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": src } },
  // The shell loads the page from here in `cargo xtask run --dev`.
  server: { host: "127.0.0.1", port: 5173, strictPort: true },
  build: {
    outDir: "dist",
    // public/.gitkeep comes back with every build: the shells embed the folder also before the first one.
    emptyOutDir: true,
    target: ["safari16", "chrome110"],
    // The page's CSP allows neither inline scripts nor data: fonts, so nothing is inlined.
    assetsInlineLimit: 0,
    // The page comes from this machine; one file is the fastest start.
    chunkSizeWarningLimit: 2000,
    modulePreload: { polyfill: false },
  },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}", "tests/**/*.test.{ts,tsx}"],
    setupFiles: ["./tests/setup.ts"],
    testTimeout: 60_000,
    // On all cores: it leaves one of them idle by itself, which on two is half of the time.
    maxWorkers: "100%",
    css: { include: /tokens/, modules: { classNameStrategy: "non-scoped" } },
  },
});
