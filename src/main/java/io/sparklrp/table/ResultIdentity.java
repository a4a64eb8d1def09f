package io.sparklrp.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What decides which result a record has: two runs of the same identity give each record the same
 * rows, and one may go on where the other ended.
 *
 * @param schemaVersion version of the output's columns
 * @param modelId content hash of the model
 * @param method the method's name
 * @param parameters what else was asked for, less what changes no result
 */
public record ResultIdentity(
    int schemaVersion, String modelId, String method, Map<String, String> parameters) {
  /** How records are batched and named: that changes no result. */
  private static final Set<String> OF_NO_RESULT = Set.of("batch-tokens", "id-column");

  private static final int HASH_BYTES = 8;

  /** Copies, in order, what changes results. */
  public ResultIdentity {
    TreeMap<String, String> ofResults = new TreeMap<>(parameters);
    ofResults.keySet().removeAll(OF_NO_RESULT);
    parameters = Collections.unmodifiableMap(ofResults);
  }

  /** That of what this software writes now. */
  public static ResultIdentity of(String modelId, String method, Map<String, String> parameters) {
    return new ResultIdentity(Provenance.SCHEMA_VERSION, modelId, method, parameters);
  }

  /** Sixteen hexadecimal digits, which are a part of the names of its runs. */
  public String hash() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(json());
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }

  private byte[] json() {
    try {
      return new ObjectMapper().writeValueAsString(this).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write an identity as JSON.", e);
    }
  }

  /** What differs from another one, such as {@code method lrp instead of lrp-stay}. */
  public List<String> differencesFrom(ResultIdentity other) {
    List<String> found = new ArrayList<>();
    add(found, "schema version", schemaVersion, other.schemaVersion);
    add(found, "model", modelId, other.modelId);
    add(found, "method", method, other.method);
    Set<String> names = new TreeSet<>(parameters.keySet());
    names.addAll(other.parameters.keySet());
    names.forEach(name -> add(found, name, parameters.get(name), other.parameters.get(name)));
    return found;
  }

  private static void add(List<String> found, String name, Object ours, Object theirs) {
    if (!Objects.equals(ours, theirs)) {
      found.add(String.format("%s %s instead of %s", name, said(theirs), said(ours)));
    }
  }

  private static Object said(Object value) {
    return value == null ? "(none)" : value;
  }
}
