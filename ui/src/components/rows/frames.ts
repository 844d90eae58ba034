/** After ordinals were dealt anew the old picture stays this long before skeletons show, in ms. */
const HOLD = 150;

/** What is done in a frame. */
interface FrameWork {
  /** Moves what moves by itself, whether or not it is painted. */
  step(): void;
  paint(): void;
}

/** When a list is painted: once a frame however often it is asked for, and not while the old picture is held. */
export class Frames {
  private frame = 0;
  private holding: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly work: FrameWork) {}

  ask(): void {
    if (this.frame !== 0) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.work.step();
      if (this.holding === undefined) this.work.paint();
    });
  }

  /** Leaves the picture as it is until rows came in. */
  hold(): void {
    clearTimeout(this.holding);
    this.holding = setTimeout(() => this.release(), HOLD);
  }

  release(): void {
    clearTimeout(this.holding);
    this.holding = undefined;
    this.ask();
  }

  close(): void {
    cancelAnimationFrame(this.frame);
    clearTimeout(this.holding);
  }
}
