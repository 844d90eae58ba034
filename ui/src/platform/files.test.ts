import { File as NodeFile } from "node:buffer";
import { afterEach, expect, test, vi } from "vitest";
import type { HeldFile, Upload } from "@/contract";
import { testPlatform } from "../../tests/platform";
import { chooseFile } from "./files";

const MIB = 1024 * 1024;

afterEach(() => vi.restoreAllMocks());

/** The browser's dialog is answered with `file`. */
function answerWith(file: File) {
  vi.spyOn(HTMLInputElement.prototype, "click").mockImplementation(function click(this: HTMLInputElement) {
    Object.defineProperty(this, "files", { value: [file] });
    this.onchange?.(new Event("change"));
  });
}

test("a file goes up in pieces that fit a frame, in their order, and is one file", async () => {
  for (const size of [0, 3, MIB, 2 * MIB + 5]) {
    const bytes = new Uint8Array(size).map((_, at) => at % 251);
    // The one of jsdom cannot be read.
    answerWith(new NodeFile([bytes], "export.json") as unknown as File);
    const pieces: Upload[] = [];
    const platform = testPlatform({
      "file.upload": (piece): HeldFile => {
        pieces.push(piece);
        return { handle: 7, name: piece.name, size };
      },
    });
    expect(await chooseFile(platform, "import")).toEqual({ handle: 7, name: "export.json", size });
    const text = pieces.map(({ base64 }) => atob(base64)).join("");
    expect(text.length).toBe(size);
    expect([...text.slice(-5)].map((character) => character.charCodeAt(0))).toEqual([...bytes.slice(-5)]);
    expect(pieces.every(({ base64 }) => base64.length <= (MIB / 3) * 4 + 4)).toBe(true);
    expect(pieces.map(({ file, more }) => [file, more])).toEqual(pieces.map((_, at) => [at === 0 ? null : 7, at + 1 < pieces.length]));
  }
});
