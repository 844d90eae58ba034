export { Checkbox } from "./Checkbox";
export { Field } from "./Field";
export { NumberInput } from "./NumberInput";
export { SecretInput } from "./SecretInput";
export { Segmented, type Segment } from "./Segmented";
export { Select, type Option } from "./Select";
export { Switch } from "./Switch";
export { useRevealed, type Revealed } from "./useRevealed";
export { TextInput, type TextInputProps } from "./TextInput";
