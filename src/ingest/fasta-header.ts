/** What the `>` line of a FASTA record says; missing parts are null. */
export interface FastaHeader {
  /** First word as written; of RCSB's headers the part before the first bar. */
  readonly id: string
  readonly database: string | null
  readonly accession: string | null
  /** All that follows the id, fields of UniProt included. */
  readonly description: string | null
  readonly organism: string | null
  readonly gene: string | null
}

/** Databases by the tag that NCBI and UniProt put before an accession. */
const DATABASES: Readonly<Record<string, string>> = {
  sp: 'UniProtKB/Swiss-Prot',
  tr: 'UniProtKB/TrEMBL',
  ref: 'RefSeq',
  gb: 'GenBank',
  emb: 'ENA',
  dbj: 'DDBJ',
  pdb: 'PDB',
  pir: 'PIR',
}

const RCSB = /^([0-9][0-9A-Za-z]{3})_\d{1,4}\|/
const REFSEQ = /^[ANXYW][CGMPRTWZ]_[A-Z]{0,4}\d{6,12}(?:\.\d{1,3})?$/
const UNIPROT_FIELD = / (?:OS|OX|GN|PE|SV)=/
const BRACKETED = /\[([^[\]]{2,120})\]$/

/**
 * Reads a header without its `>`. Undefined when it holds no id.
 * Source: NCBI FASTA identifiers (C++ Toolkit book, ch. 2); UniProt "FASTA headers"; RCSB PDB sequence downloads.
 */
export function readFastaHeader(line: string): FastaHeader | undefined {
  const text = line.trim()
  const rcsb = RCSB.exec(text)
  const idEnd = rcsb ? rcsb[0].length - 1 : text.search(/\s|$/)
  const id = text.slice(0, idEnd)
  if (id === '') return undefined
  const description = text.slice(idEnd).replace(/^[\s|]+/, '') || null
  return {
    id,
    ...(rcsb ? { database: 'PDB', accession: rcsb[1] as string } : origin(id)),
    description,
    organism: field(text, ' OS=') ?? BRACKETED.exec(text)?.[1] ?? null,
    gene: field(text, ' GN='),
  }
}

/** Database and accession of `sp|P03135|CAPSD`, `gi|5524211|gb|AAD44166.1|`, `NP_000508.1`. */
function origin(id: string): Pick<FastaHeader, 'database' | 'accession'> {
  const parts = id.split('|')
  const at = parts[0] === 'gi' ? 2 : 0
  const tag = parts[at] ?? ''
  const accession = parts[at + 1]
  if (accession && Object.hasOwn(DATABASES, tag)) return { database: DATABASES[tag] ?? null, accession }
  if (REFSEQ.test(id)) return { database: 'RefSeq', accession: id }
  return { database: null, accession: null }
}

/** Value of a UniProt field, up to the next one. */
function field(text: string, name: string): string | null {
  const at = text.indexOf(name)
  if (at === -1) return null
  const rest = text.slice(at + name.length)
  const end = rest.search(UNIPROT_FIELD)
  return (end === -1 ? rest : rest.slice(0, end)).trim() || null
}
