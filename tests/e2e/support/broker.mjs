import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { end, firstLine, start } from "./children.mjs";
import { freePort, listens } from "./ports.mjs";
import { until } from "./until.mjs";

const ROOT = process.env.HUBSCOPE_MOSQUITTO ?? "/";

/** A program of mosquitto's packages, unpacked or installed, and the libraries that lie beside it. */
export function tool(name) {
  const program = ["usr/sbin", "usr/bin"].map((folder) => join(ROOT, folder, name)).find(existsSync);
  if (program === undefined) throw new Error(`${name} is not below ${ROOT}`);
  return program;
}

export function libraries() {
  if (ROOT === "/") return {};
  const folders = ["usr/lib", "lib"].map((folder) => join(ROOT, folder)).filter(existsSync);
  const all = folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
  return { LD_LIBRARY_PATH: all.join(":") };
}

/** A CA, a certificate for 127.0.0.1 and one for a client that it issued, made by OpenSSL: not by the code under test. */
function certificates(folder) {
  const openssl = (...args) => execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  openssl("req", "-x509", ...key, "-keyout", "ca.key", "-out", "lab-ca.pem", "-subj", "/CN=Lab CA", "-days", "2");
  openssl("req", ...key, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=lab broker");
  writeFileSync(join(folder, "server.ext"), "subjectAltName=IP:127.0.0.1,DNS:localhost\nbasicConstraints=CA:FALSE\n");
  const issued = ["-CA", "lab-ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-extfile", "server.ext"];
  openssl("x509", "-req", "-in", "server.csr", "-out", "server.pem", ...issued);
  openssl("req", ...key, "-keyout", "client.key", "-out", "client.csr", "-subj", "/CN=machine of the hall");
  openssl("x509", "-req", "-in", "client.csr", "-out", "client.pem", "-CA", "lab-ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2");
  // The server sends its root, too: with it a client can be told whom to trust.
  writeFileSync(join(folder, "server-chain.pem"), ["server.pem", "lab-ca.pem"].map((file) => readFileSync(join(folder, file), "utf8")).join(""));
  const ends = openssl("x509", "-in", "client.pem", "-noout", "-enddate").toString().trim().replace("notAfter=", "");
  return { certificate: join(folder, "client.pem"), key: join(folder, "client.key"), ends: new Date(ends) };
}

/** A real mosquitto with TLS in `folder`: one port for one login, one for clients with a certificate. */
export async function startBroker(folder, { user, password }) {
  const client = certificates(folder);
  execFileSync(tool("mosquitto_passwd"), ["-c", "-b", join(folder, "logins"), user, password], {
    env: { ...process.env, ...libraries() },
    stdio: "pipe",
  });
  const [port, certificatePort] = [await freePort(), await freePort()];
  const identity = [`certfile ${join(folder, "server-chain.pem")}`, `keyfile ${join(folder, "server.key")}`];
  const settings = [
    `listener ${port} 127.0.0.1`,
    ...identity,
    `listener ${certificatePort} 127.0.0.1`,
    ...identity,
    `cafile ${join(folder, "lab-ca.pem")}`,
    "require_certificate true",
    "use_identity_as_username true",
    `password_file ${join(folder, "logins")}`,
    "allow_anonymous false",
    "log_dest none",
    // Started as root it would change to a user who may not read the folder.
    `user ${process.env.USER ?? "root"}`,
  ];
  writeFileSync(join(folder, "mosquitto.conf"), `${settings.join("\n")}\n`);
  const child = start(tool("mosquitto"), ["-c", join(folder, "mosquitto.conf")], libraries());
  await until("mosquitto listens", () => Promise.race([listens(port), child.failed]));
  const ca = join(folder, "lab-ca.pem");
  const login = ["-h", "127.0.0.1", "-p", String(port), "--cafile", ca, "-u", user, "-P", password];
  return {
    port,
    certificatePort,
    client,
    ca,
    /** The command that a colleague would send; what Hubscope is to understand. */
    command: (filter) => `mosquitto_sub -h 127.0.0.1 -p ${port} --cafile ${ca} -u ${user} -P ${password} -t '${filter}' -q 1`,
    publish: (topic, payload) =>
      execFileSync(tool("mosquitto_pub"), [...login, "-q", "1", "-t", topic, "-m", payload], {
        env: { ...process.env, ...libraries() },
        stdio: "pipe",
      }),
    /** Waits, as another client, for the next message that matches. `-v` prints the topic before the payload. */
    receive: async (filter) => {
      // -d says when it is subscribed; into a pipe it would say so too late without line buffers.
      const child = start("stdbuf", ["-oL", tool("mosquitto_sub"), ...login, "-q", "1", "-t", filter, "-v", "-C", "1", "-d"], libraries());
      await firstLine(child, (line) => line.startsWith("Subscribed"));
      const received = firstLine(child, (line) => !line.startsWith("Client ") && line);
      return { message: received, end: () => end(child) };
    },
    end: () => end(child),
  };
}
