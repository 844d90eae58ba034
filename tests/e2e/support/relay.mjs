import { once } from "node:events";
import { connect, createServer } from "node:net";

/** Stands before a server on 127.0.0.1, so that it can refuse whoever comes anew while the others stay connected. */
export async function startRelay(port) {
  const sockets = new Set();
  const keep = (socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy()).once("close", () => sockets.delete(socket));
    return socket;
  };
  const server = createServer((client) => {
    const behind = keep(connect(port, "127.0.0.1"));
    keep(client).pipe(behind).pipe(client);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    port: server.address().port,
    refuseNew: () => server.close(),
    end: () => {
      server.close();
      sockets.forEach((socket) => socket.destroy());
    },
  };
}
