import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesSource } from '../../../src/base/store/index.ts'
import { readFastaHeader } from '../../../src/ingest/fasta-header.ts'
import fasta from '../../../src/ingest/formats/fasta.ts'
import { hasSharedData, readBytes, readShared, sniffBytes } from '../reading.ts'

const GENE = '>NM_000518.5 Homo sapiens hemoglobin subunit beta (HBB), mRNA\nacatttgcttctgacacaact\nGTGTTCACTAGC\n'

describe('fasta', () => {
  it('reads records of several wrapped lines, comments and blank lines between them', async () => {
    const text = `; a comment of Pearson's format\n${GENE}\n\n>pep|1 of [Mus musculus]\r\nMKV LLA*\r\n>rna\nACGUUN\n`
    const { rows, broken, places } = await readBytes(fasta, 'a.fa', text)
    expect(broken).toEqual([])
    expect(places).toEqual([2, 7, 9])
    expect(rows).toEqual([
      {
        id: 'NM_000518.5',
        database: 'RefSeq',
        accession: 'NM_000518.5',
        description: 'Homo sapiens hemoglobin subunit beta (HBB), mRNA',
        organism: null,
        gene: null,
        sequence: 'acatttgcttctgacacaactGTGTTCACTAGC',
        length: 33,
        alphabet: 'dna',
        // Biopython 1.88: gc_fraction('acatttgcttctgacacaactGTGTTCACTAGC')
        gc_share: 14 / 33,
      },
      {
        id: 'pep|1',
        database: null,
        accession: null,
        description: 'of [Mus musculus]',
        organism: 'Mus musculus',
        gene: null,
        sequence: 'MKVLLA*',
        length: 7,
        alphabet: 'protein',
        gc_share: null,
      },
      {
        id: 'rna',
        database: null,
        accession: null,
        description: null,
        organism: null,
        gene: null,
        sequence: 'ACGUUN',
        length: 6,
        alphabet: 'rna',
        gc_share: 0.4,
      },
    ])
  })

  it('breaks records with illegal letters, without a name, without a sequence; and no others', async () => {
    const { rows, broken } = await readBytes(
      fasta,
      'a.fa',
      'ACGT\n>ok\nACGT\n>digits\nAC1GT\n>empty\n>\nACGT\n>Chinese 描述\nACGT\n>wide\nACＧT\n>last\nACG',
    )
    expect(rows.map((row) => row['id'])).toEqual(['ok', 'Chinese', 'last'])
    expect(broken.map(({ ordinal, place, problem }) => [ordinal, place, problem.facts['found']])).toEqual([
      [0, 1, 'a sequence without a name'],
      [2, 4, '"1" in the sequence digits'],
      [3, 6, 'no sequence below empty'],
      [4, 7, 'a sequence without a name'],
      [6, 11, '"Ｇ" in the sequence wide'],
    ])
  })

  it('breaks one record of more than 64 MiB, and reads those after it', async () => {
    const line = Buffer.from(`${'ACGTACGTAC'.repeat(100_000)}\n`)
    const bytes = Buffer.concat([Buffer.from('>huge\n'), ...new Array(68).fill(line), Buffer.from('>small\nACGT\n')])
    const { rows, broken } = await readBytes(fasta, 'a.fa', bytes)
    expect(rows.map((row) => row['id'])).toEqual(['small'])
    expect(broken[0]?.problem.code).toBe('ingest/record-too-large')
  })

  it('gives back what was written, however it is wrapped', async () => {
    const letters = fc.array(fc.constantFrom(...'ACGTNacgtnMKLVWY*-'), { minLength: 1, maxLength: 90 }).map((array) => array.join(''))
    await fc.assert(
      fc.asyncProperty(
        fc.array(letters, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 70 }),
        fc.constantFrom('\n', '\r\n'),
        async (sequences, width, end) => {
          const text = sequences
            .map((sequence, i) => `>s${i} d${end}${(sequence.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join(end)}${end}`)
            .join('')
          const { rows } = await readBytes(fasta, 'a.fa', text)
          expect(rows.map((row) => row['sequence'])).toEqual(sequences)
        },
      ),
    )
  })

  it('knows its files by name or by what is in them, and not a quotation', () => {
    expect(sniffBytes(fasta, 'a.fasta', GENE)).toBeGreaterThan(0.9)
    expect(sniffBytes(fasta, 'a.txt', GENE)).toBeGreaterThan(0.5)
    expect(sniffBytes(fasta, 'a.md', '> to be, or not\n> to be: that is\n')).toBe(0)
    expect(sniffBytes(fasta, 'a.txt', '>'.repeat(60_000))).toBe(0)
  })

  it('streams: the first batch of a long file comes before its end is read', async () => {
    const one = `>s\n${'ACGT'.repeat(2500)}\n`
    const source = bytesSource('a.fa', Buffer.from(one.repeat(6000)))
    let given = 0
    const counted = {
      ...source,
      async *stream(start?: number, end?: number) {
        for await (const piece of source.stream(start, end)) {
          given += piece.length
          yield piece
        }
      },
    }
    for await (const batch of fasta.read(counted, {})) {
      expect(batch.ordinals.length).toBeGreaterThan(1000)
      expect(given).toBeLessThan(source.size / 2)
      break
    }
  })
})

describe('readFastaHeader', () => {
  it.each([
    [
      'sp|P03135|CAPSD_AAV2S Capsid protein VP1 OS=Adeno-associated virus 2 OX=648242 GN=VP1 PE=1',
      'UniProtKB/Swiss-Prot',
      'P03135',
      'Adeno-associated virus 2',
      'VP1',
    ],
    ['tr|A0A024|A0A024_X Protein OS=Homo sapiens', 'UniProtKB/TrEMBL', 'A0A024', 'Homo sapiens', null],
    ['gi|5524211|gb|AAD44166.1| cytochrome b [Elephas maximus maximus]', 'GenBank', 'AAD44166.1', 'Elephas maximus maximus', null],
    ['NC_000913.3 Escherichia coli str. K-12', 'RefSeq', 'NC_000913.3', null, null],
    ['5LDE_1|Chains A, B|Immunoglobulin G-binding protein G|Streptococcus sp. (1320)', 'PDB', '5LDE', null, null],
    ['contig_17 len=300', null, null, null, null],
  ])('%s', (header, database, accession, organism, gene) => {
    expect(readFastaHeader(header)).toMatchObject({ database, accession, organism, gene })
  })

  it('has no id in nothing', () => expect(readFastaHeader('   ')).toBeUndefined())
})

describe.runIf(hasSharedData)('fasta on real files', () => {
  // Lengths by Biopython 1.88, SeqIO.read(…, 'fasta').
  it.each([
    ['09-biomanufacturing/FLIP/P03135.fasta', 'sp|P03135|CAPSD_AAV2S', 735],
    ['09-biomanufacturing/FLIP/5LDE_1.fasta', '5LDE_1', 265],
    ['09-biomanufacturing/FLIP/cas9_sequence.fasta', 'CAS9', 1390],
  ])('%s', async (path, id, length) => {
    const { rows, broken } = await readShared(fasta, path)
    expect([rows.length, broken]).toEqual([1, []])
    expect(rows[0]).toMatchObject({ id, length, alphabet: 'protein' })
  })
})
