import { cleanup, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { DecodedSas, Hub } from "@/contract";
import { hubItem } from "../../../tests/items";
import { renderOn, testPlatform } from "../../../tests/platform";
import { HubSasDialog } from "./index";

const DECODED: DecodedSas = {
  resource: "lab.azure-devices.net",
  expiry: 1_995_000_000,
  policy: "iothubowner",
  masked: "SharedAccessSignature sr=lab.azure-devices.net&sig=•••••&se=1995000000&skn=iothubowner",
  expired: false,
  resource_fits: null,
  signature: "key",
};

function hub(kind: Hub["kind"], policy: string): Hub {
  const item = hubItem({ kind, secrets: [{ field: "policy_key", ends: "r1k=" }] });
  return { ...item, details: { ...item.details, policy } };
}

function show(of: Hub, kind: "web" | "desktop" = "desktop") {
  const platform = testPlatform({ "sas.make": () => ({ decoded: DECODED, token: null }), "sas.decode": () => DECODED }, kind);
  renderOn(platform, <HubSasDialog hub={of} onClose={() => undefined} />);
  return platform;
}

async function scopes(): Promise<(string | null)[]> {
  await userEvent.click(await screen.findByRole("combobox", { name: "Opens" }));
  return (await screen.findAllByRole("option")).map((option) => option.textContent);
}

test("a hub's policy makes the tokens that it permits", async () => {
  const offered = [
    [hub("azure_iot_hub", "iothubowner"), ["Devices, by the hub's policy", "The hub's service API", "An event hub"]],
    [hub("azure_iot_hub", "service"), ["The hub's service API", "An event hub"]],
    [hub("azure_iot_hub", "device"), ["Devices, by the hub's policy"]],
    [hub("azure_dps", "provisioningserviceowner"), ["The provisioning service's API"]],
  ] as const;
  for (const [of, words] of offered) {
    show(of);
    expect(await scopes()).toEqual(words);
    cleanup();
  }
});

test("a token is made without a device and copied by Rust", async () => {
  const of = hub("azure_dps", "provisioningserviceowner");
  const platform = show(of);
  await userEvent.click(await screen.findByRole("button", { name: "Make and copy" }));
  await waitFor(() =>
    expect(platform.calls.at(-1)).toEqual({
      name: "sas.make",
      request: { scope: { scope: "service", hub: of.id }, end: { end: "after", seconds: 3_600 }, exit: "clipboard" },
    }),
  );
});

test("a browser, and a hub without a policy, only read; the signature is compared with the hub's key", async () => {
  const of = hub("azure_iot_hub", "iothubowner");
  const cases: [Hub, "web" | "desktop"][] = [
    [{ ...of, secrets: [] }, "desktop"],
    [of, "web"],
  ];
  for (const [each, kind] of cases) {
    const platform = show(each, kind);
    const user = userEvent.setup();
    await user.click(await screen.findByLabelText("Token"));
    await user.paste("SharedAccessSignature sr=x&sig=y&se=1");
    await screen.findByText("HMAC-SHA256, matches the key");
    expect(platform.calls.at(-1)?.request).toEqual({ token: "SharedAccessSignature sr=x&sig=y&se=1", device: null, hub: of.id });
    expect(screen.queryByRole("button", { name: "Make and copy" })).toBeNull();
    cleanup();
  }
});
