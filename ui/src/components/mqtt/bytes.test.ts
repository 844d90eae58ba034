import { expect, test } from "vitest";
import { bytesDraft, bytesText } from "./bytes";

test.each(["", "42", "0x", "0xzz", "0x1", "größe"])("%j is text and comes back as it was", (text) => {
  expect(bytesDraft(text)).toEqual({ encoding: "text", text });
  expect(bytesText(bytesDraft(text))).toBe(text);
});

test("hex is bytes", () => {
  expect(bytesDraft("0x00FF")).toEqual({ encoding: "base64", base64: "AP8=" });
  expect(bytesText({ encoding: "base64", base64: "AP8=" })).toBe("0x00ff");
  expect(bytesText(null)).toBe("");
});
