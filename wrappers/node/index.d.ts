export interface Options {
  /** The program; $CHECKSHEET, else `checksheet` in PATH. */
  program?: string;
  /** Documents that are read at the same time; as many as there are processors. */
  jobs?: number;
  /** Time for one document (60), CPU time for it (half of that), and memory in MiB (1024). */
  seconds?: number;
  cpuSeconds?: number;
  memory?: number;
  /** A folder of pattern files; the file of another catalogue. */
  patterns?: string;
  catalogue?: string;
  /** false: read without a sandbox. */
  sandbox?: boolean;
}

export interface Reading {
  /** "ok", "ok-with-warnings", or why there is no sheet: "no-sheet", "needs-password", "damaged", ... */
  status: string;
  /** Why there is no sheet and what to do, or the first warning. */
  message: string | null;
  /** As checksheet-1.schema.json describes it. */
  sheet: Record<string, any> | null;
}

export class Checksheet {
  constructor(options?: Options);
  read(bytes: Uint8Array | string, about?: { name?: string; charset?: string }): Promise<Reading>;
  close(): Promise<void>;
}
