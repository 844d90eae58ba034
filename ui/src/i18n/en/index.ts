import { activity } from "./activity";
import { app } from "./app";
import { brokerTest } from "./broker-test";
import { codes } from "./codes";
import { common } from "./common";
import { composer } from "./composer";
import { credentials } from "./credentials";
import { device } from "./device";
import { firstRun } from "./first-run";
import { hubs } from "./hubs";
import { keyLog } from "./key-log";
import { messages } from "./messages";
import { packets } from "./packets";
import { problems } from "./problems";
import { rows } from "./rows";
import { session } from "./session";
import { settings } from "./settings";
import { status } from "./status";
import { token } from "./token";
import { transfer } from "./transfer";
import { tree } from "./tree";
import { vault } from "./vault";
import { workspace } from "./workspace";

/** The catalogue: every text of the page, an area per file. */
export const en = {
  activity,
  app,
  brokerTest,
  codes,
  common,
  composer,
  credentials,
  device,
  firstRun,
  hubs,
  keyLog,
  messages,
  packets,
  problems,
  rows,
  session,
  settings,
  status,
  token,
  transfer,
  tree,
  vault,
  workspace,
} as const;
