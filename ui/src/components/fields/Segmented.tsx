import { Radio } from "@base-ui/react/radio";
import { RadioGroup } from "@base-ui/react/radio-group";
import { cx } from "../cx";
import { Tooltip } from "../overlay/Tooltip";
import { useControl } from "./context";
import styles from "./Segmented.module.css";

export interface Segment<T extends string> {
  value: T;
  label: string;
  /** Why it cannot be chosen. */
  reason?: string | null | undefined;
}

interface SegmentedProps<T extends string> {
  value: T;
  onChange: (value: T) => void;
  segments: readonly Segment<T>[];
  size?: "md" | "sm" | undefined;
  "aria-label"?: string | undefined;
}

/** One of a few, all in sight. */
export function Segmented<T extends string>({ value, onChange, segments, size = "md", ...rest }: SegmentedProps<T>) {
  const control = useControl();
  return (
    <RadioGroup
      {...control}
      {...rest}
      className={cx(styles.group, size === "sm" && styles.small)}
      value={value}
      onValueChange={(next) => {
        const segment = segments.find((each) => each.value === next);
        if (segment !== undefined && (segment.reason ?? null) === null) onChange(segment.value);
      }}
    >
      {segments.map((segment) => (
        <SegmentButton key={segment.value} segment={segment} />
      ))}
    </RadioGroup>
  );
}

function SegmentButton<T extends string>({ segment }: { segment: Segment<T> }) {
  const why = segment.reason ?? null;
  const radio = (
    <Radio.Root
      value={segment.value}
      nativeButton
      render={<button type="button" />}
      className={cx(styles.segment, why !== null && styles.off)}
      aria-disabled={why !== null || undefined}
    >
      {segment.label}
    </Radio.Root>
  );
  return why === null ? radio : <Tooltip text={why}>{radio}</Tooltip>;
}
