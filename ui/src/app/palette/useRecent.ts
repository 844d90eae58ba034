import { useCallback, useState } from "react";

const MOST_RECENT = 30;

/** What was chosen in the palette, newest first. */
export interface Recent {
  recent: readonly string[];
  remember: (entry: string) => void;
  /** Takes over what was remembered before. */
  recall: (entries: readonly string[]) => void;
}

export function useRecent(): Recent {
  const [recent, recall] = useState<readonly string[]>([]);
  const remember = useCallback((entry: string) => {
    recall((old) => [entry, ...old.filter((each) => each !== entry)].slice(0, MOST_RECENT));
  }, []);
  return { recent, remember, recall };
}
