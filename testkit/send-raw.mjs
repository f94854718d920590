// A mail client in a process of its own, so that its work does not count as the server's: node send-raw.mjs <port> <to> <file>...
// Prints the last reply to each file, a line each, as JSON.
import { readFile } from "node:fs/promises";
import { connect } from "node:net";

const [port, to, ...files] = process.argv.slice(2);

async function send(file) {
  const body = Buffer.from((await readFile(file, "latin1")).replace(/\r\n\./g, "\r\n.."), "latin1");
  const commands = ["EHLO client.test", "MAIL FROM:<eve@example.com>", `RCPT TO:<${to}>`, "DATA", Buffer.concat([body, Buffer.from("\r\n.\r\n")]), "QUIT"];
  return new Promise((resolve, reject) => {
    const replies = [];
    const socket = connect(Number(port), "127.0.0.1");
    socket.on("error", reject);
    socket.on("data", (data) => {
      for (const line of data.toString().split("\r\n")) {
        if (!/^\d{3} /.test(line)) continue;
        replies.push(line);
        const next = commands.shift();
        if (next !== undefined) socket.write(typeof next === "string" ? `${next}\r\n` : next);
      }
    });
    socket.on("close", () => resolve(replies[5] ?? replies.at(-1)));
  });
}

for (const file of files) console.log(JSON.stringify(await send(file)));
