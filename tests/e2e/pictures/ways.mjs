import { LARGE, TALL } from "../support/camera.mjs";
import { chooseFromMenu } from "../support/choose.mjs";
import { until } from "../support/until.mjs";
import { openDevice, playHub } from "./device.mjs";
import { dialogSays } from "./dialogs.mjs";

const NO_PROPERTIES = { payload_is_text: null, message_expiry: null, content_type: null, response_topic: null, correlation_data: null, user_properties: [] };
const WILL = { topic: "press/status", payload: { encoding: "text", text: "gone" }, qos: 1, retain: true, delay: 30, properties: { ...NO_PROPERTIES, content_type: "text/plain" } };
const PROPERTIES = {
  session_expiry: 3_600,
  receive_maximum: 20,
  topic_alias_maximum: 10,
  use_topic_aliases: true,
  request_problem_information: null,
  request_response_information: false,
  user_properties: [["site", "north"]],
};

/** The forms of how a hub is reached and what MQTT 5 says, folded and used, and what a hub granted. */
export async function takeWays(studio) {
  const { camera } = studio;
  await camera.setSize(LARGE);
  await takeHub(studio);
  await takeDevice(studio);
}

async function takeHub({ camera, page }) {
  await chooseFromMenu(page, /^Add a hub$/, "MQTT broker");
  await page.fill("textbox", "Host", "mqtt.press.acme.example");
  await camera.inBothThemes("dialog.hub");
  await page.click("radio", "WS + TLS");
  await unfold(page, "Connection");
  await page.click("radio", "SOCKS5");
  await page.fill("textbox", "Proxy host", "proxy.acme.example");
  await page.fill("textbox", "ALPN optional", "mqtt");
  await camera.inBothThemes("dialog.hub-way");
  await page.press("Escape");
}

async function takeDevice(studio) {
  const { camera, page, workspace } = studio;
  await playHub(studio, "broker");
  const device = await workspace.deviceCalled("pump-1");
  const { id, hub, name, client_id, credential } = device;
  const options = { ...device.options, version: "5", will: WILL, properties: PROPERTIES };
  await workspace.call("device.save", { id, hub, name, client_id, credential, secrets: [], certificate: { change: "keep" }, options });
  await workspace.connect(device);
  await openDevice(studio, name);
  await unfold(page, "What the hub can do");
  await camera.setSize(TALL);
  await camera.cards("session.granted", ["Session"]);
  await camera.setSize(LARGE);
  await page.click("radio", /^Properties/);
  await page.fill("textbox", "Content type", "application/json");
  await page.fill("textbox", "Response topic", "press/answers");
  await camera.inAllLooks("composer.properties");
  await page.click("button", "Add subscription");
  await page.fill("textbox", "Topic filter", "press/#");
  await unfold(page, "MQTT 5 options");
  await camera.inBothThemes("dialog.subscription");
  await page.press("Escape");
  await page.click("button", "Edit device");
  await dialogSays(page, "Publish a last will");
  await scrollTo(page, "MQTT 5 properties");
  await camera.inBothThemes("dialog.session");
  await scrollTo(page, "Last will");
  await camera.inBothThemes("dialog.will");
  await page.press("Escape");
  await page.press("Control+w");
}

const summaryOf = (page, title, action) =>
  until(`the part ${title}`, () =>
    page.evaluate(
      (wanted, what) => {
        const found = [...document.querySelectorAll("summary")].find((one) => one.textContent.includes(wanted));
        if (found === undefined) return false;
        if (what === "unfold") found.click();
        else found.scrollIntoView({ block: "start" });
        return true;
      },
      title,
      action,
    ),
  );

const unfold = (page, title) => summaryOf(page, title, "unfold");
const scrollTo = (page, title) => summaryOf(page, title, "scroll");
