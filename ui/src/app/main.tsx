import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "@/styles/tokens.css";
import "@/styles/base.css";
import { startTexts } from "@/i18n";
import { choosePlatform } from "@/platform";
import { App } from "./App";

startTexts(new URLSearchParams(location.search).get("locale") === "pseudo" ? "pseudo" : "system");

const root = document.getElementById("root");
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App platform={choosePlatform()} />
    </StrictMode>,
  );
}
