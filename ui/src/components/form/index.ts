export { Form } from "./Form";
export { FormError } from "./FormError";
export { byField, NO_PROBLEMS, problemsOf, type Problems } from "./problems";
export { RestoredNote, useRestored } from "./RestoredNote";
export { useSave } from "./useSave";
