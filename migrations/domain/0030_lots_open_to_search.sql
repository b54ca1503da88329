-- The search of lots reads them as the other searches read their tables.
SELECT allow_search_of('lots');
