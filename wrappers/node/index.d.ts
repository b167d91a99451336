export interface Options {
  /** The program; $CHECKSHEET, else `checksheet` in PATH. */
  program?: string;
  /** Documents that are read at the same time; as many as there are processors. */
  jobs?: number;
  /** Time for one document (60), CPU time for it (half of that), and memory in MiB (1024). */
  seconds?: number;
  cpuSeconds?: number;
  memory?: number;
  /** MiB of one document (64), of what is packed in it (128), of its sheet (256); pages of a PDF (2000). */
  maxInput?: number;
  maxUnpacked?: number;
  maxSheet?: number;
  maxPages?: number;
  /** The pages of PDFs that are read, as "1-3" or "2,5-". */
  pages?: string;
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

/** What is known of a document: what the sheet calls its source, a declared encoding, passwords to try on it. */
export interface About {
  name?: string;
  charset?: string;
  passwords?: string[];
}

export class Checksheet {
  constructor(options?: Options);
  read(bytes: Uint8Array | string, about?: About): Promise<Reading>;
  close(): Promise<void>;
}
