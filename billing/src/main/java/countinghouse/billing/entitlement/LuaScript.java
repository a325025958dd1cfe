package countinghouse.billing.entitlement;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.sync.RedisScriptingCommands;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A script of this build, sent once per server and called by its digest. */
final class LuaScript {
    private final String text;

    private LuaScript(String text) {
        this.text = text;
    }

    static LuaScript named(String name) {
        try (InputStream script = LuaScript.class.getResourceAsStream("/entitlement/" + name + ".lua")) {
            return new LuaScript(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    <T> T call(
            RedisScriptingCommands<String, String> redis, ScriptOutputType type, String[] keys, String... arguments) {
        try {
            return redis.evalsha(redis.digest(text), type, keys, arguments);
        } catch (RedisNoScriptException e) {
            // A server that was restarted knows no scripts.
            return redis.eval(text, type, keys, arguments);
        }
    }
}
