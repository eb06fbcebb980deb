import sql from 'sql-template-tag'
import { isLanguage, type Language } from '../domain/language.ts'
import type { Db } from './database.ts'

/** In which language a person reads; null where nothing is known of it, and for `person` null, who is nobody. */
export async function languageOf(db: Db, person: string | null): Promise<Language | null> {
  const [row] = await db.rows<{ language: string }>(sql`select language from person_language where person_id = ${person}`)
  return row !== undefined && isLanguage(row.language) ? row.language : null
}

/** Has a person read in this language from now on. */
export async function chooseLanguage(tx: Db, person: string, language: Language): Promise<void> {
  await tx.rows(sql`
    insert into person_language (person_id, language, chosen) values (${person}, ${language}, true)
    on conflict (person_id) do update set language = excluded.language, chosen = true
     where person_language.language <> excluded.language or not person_language.chosen`)
}

/** Has a person read in this language where nothing is known of it yet. */
export async function supposeLanguage(tx: Db, person: string, language: Language): Promise<void> {
  await tx.rows(sql`
    insert into person_language (person_id, language) values (${person}, ${language}) on conflict (person_id) do nothing`)
}
