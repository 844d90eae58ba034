import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";
import { startTexts } from "@/i18n";

startTexts("en");
document.documentElement.dataset.theme = "light";
afterEach(cleanup);
