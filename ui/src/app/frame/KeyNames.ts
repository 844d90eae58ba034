/** The keys of two actions as they are printed on this system, for texts that name them. */
export interface KeyNames {
  add: string;
  confirm: string;
}
