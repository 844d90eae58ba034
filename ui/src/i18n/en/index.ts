import { actions } from "./actions";
import { activity } from "./activity";
import { app } from "./app";
import { brokerTest } from "./broker-test";
import { certificates } from "./certificates";
import { chain } from "./chain";
import { codes } from "./codes";
import { common } from "./common";
import { composer } from "./composer";
import { connection } from "./connection";
import { credentials } from "./credentials";
import { device } from "./device";
import { diagnose } from "./diagnose";
import { firstRun } from "./first-run";
import { hubs } from "./hubs";
import { keyLog } from "./key-log";
import { menuBar } from "./menu-bar";
import { messages } from "./messages";
import { mqtt } from "./mqtt";
import { packets } from "./packets";
import { palette } from "./palette";
import { possession } from "./possession";
import { problems } from "./problems";
import { rows } from "./rows";
import { session } from "./session";
import { settings } from "./settings";
import { status } from "./status";
import { token } from "./token";
import { transfer } from "./transfer";
import { tree } from "./tree";
import { trust } from "./trust";
import { undo } from "./undo";
import { unverified } from "./unverified";
import { vault } from "./vault";
import { workspace } from "./workspace";

/** The catalogue: every text of the page, an area per file. */
export const en = {
  actions,
  activity,
  app,
  brokerTest,
  certificates,
  chain,
  codes,
  common,
  composer,
  connection,
  credentials,
  device,
  diagnose,
  firstRun,
  hubs,
  keyLog,
  menuBar,
  messages,
  mqtt,
  packets,
  palette,
  possession,
  problems,
  rows,
  session,
  settings,
  status,
  token,
  transfer,
  tree,
  trust,
  undo,
  unverified,
  vault,
  workspace,
} as const;
