export { addIcon } from "./addIcon";
export { Icon } from "./Icon";
export { Mark, type MarkState } from "./Mark";
export { type IconName } from "./paths";
export { Spinner } from "./Spinner";
