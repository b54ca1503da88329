-- no-transaction
-- A name kept its format characters (of musical notation, shorthand, hieroglyphs …) in the key of its words, and was found by
-- nobody who typed what can be seen. All that Unicode calls a format character or lets a renderer ignore is left out now, and
-- whatever parts words is one space. Capitals that Unicode has since its version 11 are named: the database's ICU may not
-- know them. server/ground/search-key.contract.ts has the same list.
CREATE OR REPLACE FUNCTION search_key(words text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT CASE WHEN pg_catalog.octet_length(words) OPERATOR(pg_catalog.=) pg_catalog.length(words)
    THEN pg_catalog.translate(pg_catalog.lower(words COLLATE pg_catalog."C"), E'\t\n\x0b\f\r', '     ') ELSE
    pg_catalog.translate(pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(
      pg_catalog.regexp_replace(pg_catalog.lower(normalize(
        CASE WHEN (words COLLATE pg_catalog."C") OPERATOR(pg_catalog.~) '[\u1c89-\u1cbf\u2c2f\ua7b8-\ua7f5\U00010570-\U00010595\U00010d50-\U00010d65\U00016e40-\U00016eb8]'
          THEN pg_catalog.translate(words,
          E'\u1c89\u1c90\u1c91\u1c92\u1c93\u1c94\u1c95\u1c96\u1c97\u1c98\u1c99\u1c9a\u1c9b\u1c9c\u1c9d\u1c9e\u1c9f\u1ca0'
          '\u1ca1\u1ca2\u1ca3\u1ca4\u1ca5\u1ca6\u1ca7\u1ca8\u1ca9\u1caa\u1cab\u1cac\u1cad\u1cae\u1caf\u1cb0\u1cb1\u1cb2'
          '\u1cb3\u1cb4\u1cb5\u1cb6\u1cb7\u1cb8\u1cb9\u1cba\u1cbd\u1cbe\u1cbf\u2c2f\ua7b8\ua7ba\ua7bc\ua7be\ua7c0\ua7c2'
          '\ua7c4\ua7c5\ua7c6\ua7c7\ua7c9\ua7cb\ua7cc\ua7ce\ua7d0\ua7d2\ua7d4\ua7d6\ua7d8\ua7da\ua7dc\ua7f1\ua7f5'
          '\U00010570\U00010571\U00010572\U00010573\U00010574\U00010575\U00010576\U00010577\U00010578\U00010579'
          '\U0001057a\U0001057c\U0001057d\U0001057e\U0001057f\U00010580\U00010581\U00010582\U00010583\U00010584'
          '\U00010585\U00010586\U00010587\U00010588\U00010589\U0001058a\U0001058c\U0001058d\U0001058e\U0001058f'
          '\U00010590\U00010591\U00010592\U00010594\U00010595\U00010d50\U00010d51\U00010d52\U00010d53\U00010d54'
          '\U00010d55\U00010d56\U00010d57\U00010d58\U00010d59\U00010d5a\U00010d5b\U00010d5c\U00010d5d\U00010d5e'
          '\U00010d5f\U00010d60\U00010d61\U00010d62\U00010d63\U00010d64\U00010d65\U00016e40\U00016e41\U00016e42'
          '\U00016e43\U00016e44\U00016e45\U00016e46\U00016e47\U00016e48\U00016e49\U00016e4a\U00016e4b\U00016e4c'
          '\U00016e4d\U00016e4e\U00016e4f\U00016e50\U00016e51\U00016e52\U00016e53\U00016e54\U00016e55\U00016e56'
          '\U00016e57\U00016e58\U00016e59\U00016e5a\U00016e5b\U00016e5c\U00016e5d\U00016e5e\U00016e5f\U00016ea0'
          '\U00016ea1\U00016ea2\U00016ea3\U00016ea4\U00016ea5\U00016ea6\U00016ea7\U00016ea8\U00016ea9\U00016eaa'
          '\U00016eab\U00016eac\U00016ead\U00016eae\U00016eaf\U00016eb0\U00016eb1\U00016eb2\U00016eb3\U00016eb4'
          '\U00016eb5\U00016eb6\U00016eb7\U00016eb8',
          E'\u1c8a\u10d0\u10d1\u10d2\u10d3\u10d4\u10d5\u10d6\u10d7\u10d8\u10d9\u10da\u10db\u10dc\u10dd\u10de\u10df\u10e0'
          '\u10e1\u10e2\u10e3\u10e4\u10e5\u10e6\u10e7\u10e8\u10e9\u10ea\u10eb\u10ec\u10ed\u10ee\u10ef\u10f0\u10f1\u10f2'
          '\u10f3\u10f4\u10f5\u10f6\u10f7\u10f8\u10f9\u10fa\u10fd\u10fe\u10ff\u2c5f\ua7b9\ua7bb\ua7bd\ua7bf\ua7c1\ua7c3'
          '\ua794\u0282\u1d8e\ua7c8\ua7ca\u0264\ua7cd\ua7cf\ua7d1\ua7d3\ua7d5\ua7d7\ua7d9\ua7db\u019bs\ua7f6\U00010597'
          '\U00010598\U00010599\U0001059a\U0001059b\U0001059c\U0001059d\U0001059e\U0001059f\U000105a0\U000105a1'
          '\U000105a3\U000105a4\U000105a5\U000105a6\U000105a7\U000105a8\U000105a9\U000105aa\U000105ab\U000105ac'
          '\U000105ad\U000105ae\U000105af\U000105b0\U000105b1\U000105b3\U000105b4\U000105b5\U000105b6\U000105b7'
          '\U000105b8\U000105b9\U000105bb\U000105bc\U00010d70\U00010d71\U00010d72\U00010d73\U00010d74\U00010d75'
          '\U00010d76\U00010d77\U00010d78\U00010d79\U00010d7a\U00010d7b\U00010d7c\U00010d7d\U00010d7e\U00010d7f'
          '\U00010d80\U00010d81\U00010d82\U00010d83\U00010d84\U00010d85\U00016e60\U00016e61\U00016e62\U00016e63'
          '\U00016e64\U00016e65\U00016e66\U00016e67\U00016e68\U00016e69\U00016e6a\U00016e6b\U00016e6c\U00016e6d'
          '\U00016e6e\U00016e6f\U00016e70\U00016e71\U00016e72\U00016e73\U00016e74\U00016e75\U00016e76\U00016e77'
          '\U00016e78\U00016e79\U00016e7a\U00016e7b\U00016e7c\U00016e7d\U00016e7e\U00016e7f\U00016ebb\U00016ebc'
          '\U00016ebd\U00016ebe\U00016ebf\U00016ec0\U00016ec1\U00016ec2\U00016ec3\U00016ec4\U00016ec5\U00016ec6'
          '\U00016ec7\U00016ec8\U00016ec9\U00016eca\U00016ecb\U00016ecc\U00016ecd\U00016ece\U00016ecf\U00016ed0'
          '\U00016ed1\U00016ed2\U00016ed3') ELSE words END, NFKD) COLLATE pg_catalog."und-x-icu") COLLATE pg_catalog."C",
        '[\u00ad\u0300-\u036f\u0483-\u0487\u0600-\u0605\u061c\u064b-\u065f\u0670\u06dd\u070f\u0890\u0891\u08e2\u093c\u0951-\u0954'
        '\u09bc\u0a3c\u0abc\u0b3c\u0cbc\u115f\u1160\u17b4\u17b5\u180b-\u180f\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e'
        '\u2060-\u206f\u20d0-\u20ff\u2800\ufe00-\ufe0f\ufe20-\ufe2f\ufeff\ufff0-\ufffb\U000110bd\U000110cd'
        '\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e0fff]', '', 'g'),
      'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'),
      E'øłđħıς\t\n\x0b\f\r\u0085\u1680\u2028\u2029', 'oldhiσ         ') END
$$;

-- The keys that differ are made anew; a policy holds for the owner too, who would find no row to change here.
DO $$
BEGIN
  ALTER TABLE vendors NO FORCE ROW LEVEL SECURITY;
  UPDATE vendors SET code = code
  WHERE search_text <> (search_key(code || ' ' || name || ' ' || coalesce(gstin, '') || ' ' || coalesce(email, ''))) COLLATE "C";
  ALTER TABLE vendors FORCE ROW LEVEL SECURITY;
END
$$;
DO $$
BEGIN
  ALTER TABLE customers NO FORCE ROW LEVEL SECURITY;
  UPDATE customers SET code = code
  WHERE search_text <> (search_key(code || ' ' || name || ' ' || coalesce(gstin, '') || ' ' || coalesce(email, ''))) COLLATE "C";
  ALTER TABLE customers FORCE ROW LEVEL SECURITY;
END
$$;
DO $$
BEGIN
  ALTER TABLE employees NO FORCE ROW LEVEL SECURITY;
  UPDATE employees SET employee_code = employee_code
  WHERE search_text <> (search_key(employee_code || ' ' || name || ' ' || email || ' ' || coalesce(department, '') || ' '
    || coalesce(designation, ''))) COLLATE "C";
  ALTER TABLE employees FORCE ROW LEVEL SECURITY;
END
$$;
DO $$
BEGIN
  ALTER TABLE products NO FORCE ROW LEVEL SECURITY;
  UPDATE products SET sku = sku WHERE search_text <> (search_key(sku || ' ' || name)) COLLATE "C";
  ALTER TABLE products FORCE ROW LEVEL SECURITY;
END
$$;
DO $$
BEGIN
  ALTER TABLE warehouses NO FORCE ROW LEVEL SECURITY;
  UPDATE warehouses SET code = code
  WHERE search_text <> (search_key(code || ' ' || name || ' ' || coalesce(address ->> 'city', ''))) COLLATE "C";
  ALTER TABLE warehouses FORCE ROW LEVEL SECURITY;
END
$$;
REINDEX INDEX CONCURRENTLY audit_log_search;
