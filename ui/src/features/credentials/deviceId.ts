/** Azure's client id: the device, or device and module with a slash between them. */
export function splitDeviceId(clientId: string): { device: string; module: string } {
  const slash = clientId.indexOf("/");
  return slash < 0 ? { device: clientId, module: "" } : { device: clientId.slice(0, slash), module: clientId.slice(slash + 1) };
}

export function joinDeviceId(device: string, module: string): string {
  return module === "" ? device : `${device}/${module}`;
}
