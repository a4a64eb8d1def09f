-- What speaks for and against each class, corpus-wide: spark-sql -d explained=PATH -f jobs/words-by-class.sql
-- By class, since relevance is for what was explained: a word that speaks for one class speaks against another.
SELECT
  target.label AS class,
  lower(w.word) AS word,
  count(*) AS places,
  sum(w.relevance) AS relevance,
  avg(w.relevance) AS mean
FROM parquet.`${explained}`
LATERAL VIEW explode(words) AS w
WHERE error IS NULL
GROUP BY class, word
HAVING places >= 5
ORDER BY class, relevance DESC
