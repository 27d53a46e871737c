import assert from "node:assert/strict";
import { test } from "node:test";
import { NO_YEAR, dayOf, dayText, histogram, readable } from "../src/dates.js";

test("dates become days and back", () => {
  assert.equal(dayOf("1970-01-02"), 1);
  assert.equal(dayText(dayOf("2022-06-02")), "2022-06-02");
  assert.equal(dayOf("2021"), dayOf("2021-01-01"));
  assert.equal(dayOf("2021-04"), dayOf("2021-04-01"));
});

test("a date without a year stays without one", () => {
  assert.equal(dayOf("--06-02"), null);
  assert.equal(dayText(dayOf("--02-29", NO_YEAR), true), "--02-29");
});

test("what is no date is no day", () => {
  for (const text of ["", "2022-13-01", "2022-00-10", "<b>", "--6-2", "20220602"]) assert.equal(dayOf(text, NO_YEAR), null);
});

test("dates read as in a newspaper", () => {
  assert.equal(readable("--06-02", "zh"), "6月2日");
  assert.equal(readable("2022-06-02", "zh"), "2022年6月2日");
  assert.equal(readable("2022-06", "zh"), "2022年6月");
  assert.equal(readable("2022-06-02", "en"), "2022-06-02");
});

test("a histogram counts every day once", () => {
  const { counts, low, high } = histogram([0, 0, 1, 50, 99], 10);
  assert.deepEqual([low, high], [0, 99]);
  assert.equal(counts.reduce((a, b) => a + b), 5);
  assert.equal(counts[0], 3);
  assert.deepEqual(histogram([5], 10).counts, [1]);
  assert.deepEqual(histogram([], 10).counts, []);
});
