import js from "@eslint/js";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import globals from "globals";
import tseslint from "typescript-eslint";
import { floors } from "./eslint/floors.js";

const NOT_IN_CATALOGUE = "Text of the page comes from the catalogue (src/i18n).";
const NO_HTML = "Payload and topic text is data, never HTML.";

/** Syntax that is refused everywhere in src. */
const refused = [
  { selector: "JSXText[value=/[\\p{L}\\p{N}]/u]", message: NOT_IN_CATALOGUE },
  {
    selector: ":matches(JSXElement, JSXFragment) > JSXExpressionContainer > :matches(Literal[value=/\\p{L}/u], TemplateLiteral)",
    message: NOT_IN_CATALOGUE,
  },
  {
    selector: "JSXAttribute[name.name=/^(aria-label|aria-description|aria-roledescription|aria-valuetext|title|placeholder|alt|label|hint)$/] > Literal[value=/\\p{L}/u]",
    message: NOT_IN_CATALOGUE,
  },
  { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: NO_HTML },
  { selector: "MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML)$/]", message: NO_HTML },
];

export default tseslint.config(
  { ignores: ["dist", "node_modules", "src/contract"] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    files: ["src/**/*.{ts,tsx}", "tests/**/*.{ts,tsx}"],
    languageOptions: { globals: globals.browser },
    plugins: { "jsx-a11y": jsxA11y, "react-hooks": reactHooks, hubscope: { rules: { floors } } },
    rules: {
      ...jsxA11y.flatConfigs.recommended.rules,
      ...reactHooks.configs.recommended.rules,
      "hubscope/floors": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "no-console": "error",
      eqeqeq: "error",
    },
  },
  {
    files: ["src/**/*.{ts,tsx}"],
    ignores: ["src/**/*.test.{ts,tsx}"],
    rules: { "no-restricted-syntax": ["error", ...refused] },
  },
  // Browser tests: node's, with functions that run in the page.
  { files: ["tests/**/*.mjs"], languageOptions: { globals: { ...globals.node, ...globals.browser } } },
  { files: ["*.{js,ts}", "eslint/**/*.js", "scripts/**/*.{js,mjs}"], languageOptions: { globals: globals.node } },
);
