import { LARGE } from "../support/camera.mjs";
import { openDevice, playHub } from "./device.mjs";

/** The packet lane, the broker test, the history of publishes, and a tree with folders. */
export async function takeTraffic(studio) {
  const { camera, page, workspace } = studio;
  await camera.setSize(LARGE);
  await playHub(studio, "broker");
  const device = await workspace.deviceCalled("thermo-b");
  const publish = (text, qos) =>
    workspace.call("session.publish", { device: device.id, topic: "devices/thermo-b/commands/set", payload: { encoding: "text", text }, qos, retain: false });
  await openDevice(studio, "thermo-b");
  await page.click("tab", "Packets");
  await page.see("heading", "Packets");
  await workspace.connect(device);
  for (const [text, qos] of [['{"interval":5}', 0], ['{"interval":7}', 1], ['{"interval":9,"unit":"celsius"}', 2]]) await publish(text, qos);
  await page.click("row", /PUBCOMP/);
  await camera.inAllLooks("packets");
  await page.click("tab", "Live");
  await page.click("button", "History of publishes");
  await page.see("dialog", /Published by/);
  await camera.inBothThemes("dialog.history");
  await page.press("Escape");
  await page.click("button", /What can this broker do/);
  await page.click("button", /Start test/);
  await page.see("button", /Test again/);
  await camera.inBothThemes("dialog.broker-test");
  await page.press("Escape");
  await takeFolders(studio, device);
  await page.press("Control+w");
}

async function takeFolders({ camera, page, workspace }, { id, hub }) {
  const folder = await workspace.call("folder.save", { id: null, hub, name: "Hall 3, ovens and their long names" });
  await workspace.call("tree.move", { item: { item: "device", device: id }, folder: folder.id, before: null });
  await page.see("treeitem", /Hall 3/);
  await page.click("button", /^Add a hub$/);
  await camera.inBothThemes("tree.folders");
  await page.press("Escape");
}
