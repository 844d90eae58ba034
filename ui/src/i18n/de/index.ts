import type { en } from "../en";
import { activity } from "./activity";
import { app } from "./app";
import { codes } from "./codes";
import { common } from "./common";
import { composer } from "./composer";
import { credentials } from "./credentials";
import { device } from "./device";
import { firstRun } from "./first-run";
import { hubs } from "./hubs";
import { messages } from "./messages";
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
import type { Translated } from "../translated";

/** The German catalogue: the same keys as the English one. */
export const de: Translated<typeof en> = {
  activity,
  app,
  codes,
  common,
  composer,
  credentials,
  device,
  firstRun,
  hubs,
  messages,
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
};
