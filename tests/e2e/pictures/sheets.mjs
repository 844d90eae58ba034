import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { PICTURES } from "../support/camera.mjs";

/** The papers lie beside the repository, where they are at all. */
const REFERENCES = fileURLToPath(new URL("../../../../shared/design/ux/", import.meta.url));
const SHEETS = fileURLToPath(new URL("../../../target/pictures/", import.meta.url));

const FORMS = ["token", "basic", "x509", "provision"].map((form) => `form.thingsboard-${form}`);
const TOKENS = ["active", "expiring", "expired", "endless", "certificate", "certificate-expiring", "unknown", "unused"].map((state) => `token.${state}`);

/** Each reference with the pictures that answer it. */
const PAIRS = [
  ["a-device", "light", ["device.azure"]],
  ["a-device", "dark", ["device.azure"]],
  ["d-diagnose", "dark", ["diagnose.unknown-ca"]],
  ["e1-kaa-token", "dark", ["device.kaa"]],
  ["e2-thingsboard-credentials", "light", [...FORMS, ...TOKENS]],
  ["f-first-run", "light", ["first-run.paste"]],
  ["g-components", "light", ["dialog.revoke", "device"]],
  ["g-components", "dark", ["dialog.revoke", "device"]],
];

/** Lays the pictures beside the papers' references, one sheet a reference, into target/pictures. */
export function layBeside() {
  if (!existsSync(REFERENCES)) return console.log(`no sheets: there are no references in ${REFERENCES}`);
  mkdirSync(SHEETS, { recursive: true });
  for (const [reference, theme, names] of PAIRS) {
    const sheet = `${SHEETS}${reference}.${theme}.png`;
    const ours = names.map((name) => `${PICTURES}${name}.${theme}.png`);
    const board = ours.length === 1 ? ours : ["(", ...onBoard(ours), ")"];
    execFileSync("convert", [`${REFERENCES}${reference}.${theme}.png`, ...board, "-background", "gray", "+append", sheet]);
    console.log(sheet);
  }
}

/** Several pictures as rows of up to four, below one another. */
function onBoard(files) {
  const rows = [];
  for (let at = 0; at < files.length; at += 4) rows.push("(", ...files.slice(at, at + 4), "-background", "gray", "+append", ")");
  return [...rows, "-background", "gray", "-append"];
}
