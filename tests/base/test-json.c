/* test-json.c
 *
 * Copyright 2026 The Edge-Net Desktop authors
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/edge-json.h"

#include <string.h>

#define MAX_SIZE 1024

static JsonObject *
parse (const char *text)
{
  g_autoptr(GError) error = NULL;
  JsonObject *object = edge_json_parse (text, strlen (text), MAX_SIZE, &error);

  g_assert_no_error (error);
  g_assert_nonnull (object);
  return object;
}

static void
assert_refused (const char *text,
                gsize       length,
                int         code)
{
  g_autoptr(GError) error = NULL;
  JsonObject *object = edge_json_parse (text, length, MAX_SIZE, &error);

  g_assert_null (object);
  g_assert_error (error, EDGE_JSON_ERROR, code);
}

static void
test_parse_size (void)
{
  g_autofree char *text = g_strnfill (MAX_SIZE + 1, ' ');
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonObject) object = NULL;

  text[0] = '{';
  text[1] = '}';
  object = edge_json_parse (text, MAX_SIZE, MAX_SIZE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (json_object_get_size (object), ==, 0);

  assert_refused (text, MAX_SIZE + 1, EDGE_JSON_ERROR_TOO_LARGE);
  assert_refused (text, G_MAXSIZE, EDGE_JSON_ERROR_TOO_LARGE);
  assert_refused (text, 1, EDGE_JSON_ERROR_SYNTAX);
  assert_refused (text, 0, EDGE_JSON_ERROR_SYNTAX);
  assert_refused (NULL, 0, EDGE_JSON_ERROR_SYNTAX);
}

/* An object that nests to @depth in all: {"a":[[…]]}. */
static char *
nested (guint depth)
{
  g_autofree char *open = g_strnfill (depth - 1, '[');
  g_autofree char *close = g_strnfill (depth - 1, ']');

  return g_strconcat ("{\"a\":", open, close, "}", NULL);
}

static void
test_parse_depth (void)
{
  g_autofree char *deepest = nested (EDGE_JSON_MAX_DEPTH);
  g_autofree char *deeper = nested (EDGE_JSON_MAX_DEPTH + 1);
  g_autofree char *brackets = g_strnfill (MAX_SIZE, '[');
  g_autofree char *quoted = g_strnfill (100, '[');
  g_autofree char *in_string = g_strconcat ("{\"a\":\"\\\"", quoted, "\\\\\"}", NULL);
  g_autofree char *escaped = g_strconcat ("{\"a\":\"\\\\\",\"b\":", quoted, NULL);
  g_autoptr(JsonObject) object = parse (deepest);
  g_autoptr(JsonObject) text = parse (in_string);

  g_assert_true (json_object_has_member (object, "a"));
  g_assert_true (json_object_has_member (text, "a"));
  assert_refused (deeper, strlen (deeper), EDGE_JSON_ERROR_TOO_LARGE);
  assert_refused (brackets, MAX_SIZE, EDGE_JSON_ERROR_TOO_LARGE);
  assert_refused (escaped, strlen (escaped), EDGE_JSON_ERROR_TOO_LARGE);
}

static void
test_parse_shape (void)
{
  static const char *texts[] = {
    "null", "true", "1", "\"text\"", "[]", "[{}]", " ", "{", "}", "{\"a\"}", "{\"a\":}", "{\"a\":1",
    "{\"a\":1,}", "{a:1}", "{'a':1}", "{\"a\":1} x", "{\"a\":1}{\"b\":2}", "{\"a\":\"", "{\"a\":\"\\",
    "{\"a\":\"\\u12\"}", "{\"a\":NaN}", "{\"a\":Infinity}", "{\"a\":undefined}", "{\"a\":0x10}",
    "// x\n{\"a\":1}", "/* x */{\"a\":1}", "var x = {\"a\":1};", "{\"a\":\"\xff\"}",
    "{\"a\":\"\xed\xa0\x80\"}", "{\"a\":\"\xc0\x80\"}", "{\"a\":1e999}", "{\"a\":[{\"b\":-1e999}]}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_test_message ("%s", texts[i]);
      assert_refused (texts[i], strlen (texts[i]), EDGE_JSON_ERROR_SYNTAX);
    }

  /* A NUL is no JSON, wherever it stands. */
  assert_refused ("{}\0", 3, EDGE_JSON_ERROR_SYNTAX);
  assert_refused ("{\"a\":\"\0\"}", 9, EDGE_JSON_ERROR_SYNTAX);
}

static void
test_parse_every_cut (void)
{
  static const char text[] =
    "{\"type\":\"welcome\",\"peers\":[\"a\",{\"b\":[1,2.5e3,true,null]}],\"\\ud83d\\ude00\":\"é\\n\"}";
  g_autoptr(JsonObject) whole = parse (text);

  g_assert_cmpuint (json_object_get_size (whole), ==, 3);
  for (gsize cut = 0; cut < sizeof text - 1; cut++)
    assert_refused (text, cut, EDGE_JSON_ERROR_SYNTAX);
}

static void
test_print (void)
{
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonObject) back = NULL;
  g_autofree char *text = NULL;

  json_object_set_string_member (object, "text", "a \"b\"\n\x01 é");
  json_object_set_int_member (object, "n", G_MININT64);
  text = edge_json_print (object);
  g_assert_null (strchr (text, '\n'));

  back = parse (text);
  g_assert_cmpstr (json_object_get_string_member (back, "text"), ==, "a \"b\"\n\x01 é");
  g_assert_cmpint (json_object_get_int_member (back, "n"), ==, G_MININT64);
}

static void
assert_member_error (gboolean   right,
                     GError   **error)
{
  g_assert_false (right);
  g_assert_error (*error, EDGE_JSON_ERROR, EDGE_JSON_ERROR_MEMBER);
  g_clear_error (error);
}

static void
test_read_string (void)
{
  g_autoptr(JsonObject) object = parse ("{\"s\":\"héllo\",\"n\":5,\"b\":true,\"o\":{},\"z\":null}");
  g_autoptr(GError) error = NULL;
  const char *value = "left over";

  g_assert_true (edge_json_read_string (object, "s", 6, &value, &error));
  g_assert_cmpstr (value, ==, "héllo");
  assert_member_error (edge_json_read_string (object, "s", 5, &value, &error), &error);
  g_assert_null (value);

  value = "left over";
  g_assert_true (edge_json_read_string (object, "absent", 6, &value, &error));
  g_assert_null (value);
  value = "left over";
  g_assert_true (edge_json_read_string (object, "z", 6, &value, &error));
  g_assert_null (value);

  assert_member_error (edge_json_read_string (object, "n", 6, &value, &error), &error);
  assert_member_error (edge_json_read_string (object, "b", 6, &value, &error), &error);
  assert_member_error (edge_json_read_string (object, "o", 6, &value, &error), &error);
}

static void
test_read_int (void)
{
  g_autoptr(JsonObject) object = parse ("{\"n\":5,\"f\":5.0,\"e\":5e0,\"s\":\"5\",\"b\":true,\"a\":[5],"
                                        "\"min\":-9223372036854775808,\"z\":null}");
  g_autoptr(GError) error = NULL;
  gint64 value = 77;

  g_assert_true (edge_json_read_int (object, "absent", 0, 10, &value, &error));
  g_assert_cmpint (value, ==, 77);
  g_assert_true (edge_json_read_int (object, "z", 0, 10, &value, &error));
  g_assert_cmpint (value, ==, 77);
  assert_member_error (edge_json_read_int (object, "n", 6, 10, &value, &error), &error);
  assert_member_error (edge_json_read_int (object, "n", 0, 4, &value, &error), &error);
  assert_member_error (edge_json_read_int (object, "f", 0, 10, &value, &error), &error);
  assert_member_error (edge_json_read_int (object, "e", 0, 10, &value, &error), &error);
  assert_member_error (edge_json_read_int (object, "s", 0, 10, &value, &error), &error);
  assert_member_error (edge_json_read_int (object, "b", 0, 10, &value, &error), &error);
  assert_member_error (edge_json_read_int (object, "a", 0, 10, &value, &error), &error);
  g_assert_cmpint (value, ==, 77);

  g_assert_true (edge_json_read_int (object, "n", 5, 5, &value, &error));
  g_assert_cmpint (value, ==, 5);
  g_assert_true (edge_json_read_int (object, "min", G_MININT64, 0, &value, &error));
  g_assert_cmpint (value, ==, G_MININT64);
}

static void
test_read_int_overflow (void)
{
  static const char *texts[] = {
    "{\"n\":9223372036854775808}", "{\"n\":-9223372036854775809}", "{\"n\":18446744073709551617}",
    "{\"n\":100000000000000000000000000000000000000}",
  };

  /* What json-glib makes of a number past 64 bits never gets into a range it is not in. */
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(JsonObject) object = edge_json_parse (texts[i], strlen (texts[i]), MAX_SIZE, NULL);
      g_autoptr(GError) error = NULL;
      gint64 value = 77;

      g_test_message ("%s", texts[i]);
      if (object == NULL)
        continue;
      assert_member_error (edge_json_read_int (object, "n", -1000000, 1000000, &value, &error), &error);
      g_assert_cmpint (value, ==, 77);
    }
}

static void
test_read_boolean (void)
{
  g_autoptr(JsonObject) object = parse ("{\"t\":true,\"f\":false,\"n\":1,\"s\":\"true\",\"z\":null}");
  g_autoptr(GError) error = NULL;
  gboolean value = TRUE;

  g_assert_true (edge_json_read_boolean (object, "absent", &value, &error));
  g_assert_true (value);
  g_assert_true (edge_json_read_boolean (object, "f", &value, &error));
  g_assert_false (value);
  g_assert_true (edge_json_read_boolean (object, "z", &value, &error));
  g_assert_false (value);
  g_assert_true (edge_json_read_boolean (object, "t", &value, &error));
  g_assert_true (value);
  assert_member_error (edge_json_read_boolean (object, "n", &value, &error), &error);
  assert_member_error (edge_json_read_boolean (object, "s", &value, &error), &error);
  g_assert_true (value);
}

static void
test_read_containers (void)
{
  g_autoptr(JsonObject) object = parse ("{\"o\":{\"x\":1},\"a\":[1,2,3],\"s\":\"\",\"z\":null}");
  g_autoptr(GError) error = NULL;
  JsonObject *child = object;
  JsonArray *array = NULL;

  g_assert_true (edge_json_read_object (object, "absent", &child, &error));
  g_assert_null (child);
  g_assert_true (edge_json_read_object (object, "o", &child, &error));
  g_assert_cmpint (json_object_get_int_member (child, "x"), ==, 1);
  assert_member_error (edge_json_read_object (object, "a", &child, &error), &error);
  g_assert_null (child);

  g_assert_true (edge_json_read_array (object, "a", 3, &array, &error));
  g_assert_cmpuint (json_array_get_length (array), ==, 3);
  assert_member_error (edge_json_read_array (object, "a", 2, &array, &error), &error);
  g_assert_null (array);
  g_assert_true (edge_json_read_array (object, "z", 2, &array, &error));
  g_assert_null (array);
  assert_member_error (edge_json_read_array (object, "o", 9, &array, &error), &error);
  assert_member_error (edge_json_read_array (object, "s", 9, &array, &error), &error);
}

static void
test_require (void)
{
  g_autoptr(JsonObject) object = parse ("{\"empty\":\"\",\"zero\":0,\"no\":false,\"z\":null}");
  g_autoptr(GError) error = NULL;

  g_assert_true (edge_json_require (object, "empty", &error));
  g_assert_true (edge_json_require (object, "zero", &error));
  g_assert_true (edge_json_require (object, "no", &error));
  assert_member_error (edge_json_require (object, "z", &error), &error);
  assert_member_error (edge_json_require (object, "absent", &error), &error);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json/parse/size", test_parse_size);
  g_test_add_func ("/json/parse/depth", test_parse_depth);
  g_test_add_func ("/json/parse/shape", test_parse_shape);
  g_test_add_func ("/json/parse/every-cut", test_parse_every_cut);
  g_test_add_func ("/json/print", test_print);
  g_test_add_func ("/json/read/string", test_read_string);
  g_test_add_func ("/json/read/int", test_read_int);
  g_test_add_func ("/json/read/int-overflow", test_read_int_overflow);
  g_test_add_func ("/json/read/boolean", test_read_boolean);
  g_test_add_func ("/json/read/containers", test_read_containers);
  g_test_add_func ("/json/require", test_require);

  return g_test_run ();
}
