export { Dialog } from "./Dialog";
export { ContextMenu, Menu } from "./Menu";
export type { MenuEntry, MenuItem } from "./MenuItems";
export { Popover } from "./Popover";
export { Tooltip } from "./Tooltip";
