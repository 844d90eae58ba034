/** Calls the engine as the page in this window does; fails with what the engine says. */
export async function callEngine(driver, name, request) {
  const { answer, error } = await driver.executeAsyncScript(
    `const [name, request, done] = arguments;
     window.__TAURI_INTERNALS__.invoke("rpc", { name, request }).then((answer) => done({ answer }), (error) => done({ error }));`,
    name,
    request,
  );
  if (error) throw new Error(`${name}: ${JSON.stringify(error)}`);
  return answer;
}
