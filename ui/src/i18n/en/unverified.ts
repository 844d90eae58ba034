/** Texts of a session that was made once without a check of its server. */
export const unverified = {
  mark: "not checked",
  name: "server not checked",
  note: "The server of this session was not checked.",
  noteText: "Anybody can be at the other end. It does not connect again by itself.",
  otherWays: "Other ways",
  open: "Connect once without checking…",
  title: "Connect once without checking the server",
  text: "Hubscope then talks to whatever answers at {{endpoint}}, this once. Somebody in between could read and change every message. Nothing of it is stored, and it does not connect again by itself.",
  marked: "Tab, tree and session stay marked in red as long as it lasts.",
  connect: "Connect without checking",
  credentialsTitle: "Send the credentials, too",
  credentialsText: "This device signs in with credentials. Whoever answers at {{endpoint}} gets them and can use them later. Make new ones afterwards, if you are not sure who that is.",
  sendCredentials: "Send credentials to an unchecked server",
  failed: "{{name}} was not connected",
} as const;
