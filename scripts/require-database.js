// Stops with a sentence when the suite for a PostgreSQL server has no server.
if (!process.env.DATABASE_URL) {
  console.error('Set DATABASE_URL to a PostgreSQL server on which databases may be created, such as postgres://postgres@127.0.0.1/postgres.')
  process.exit(1)
}
