package countinghouse.speed.projector;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/** Calls to Redis: scripts by their digests, many commands at once. */
final class RedisCalls {
    private static final int MAX_FIELDS_PER_CALL = 500;

    private final UnifiedJedis redis;
    private final Map<LuaScript, String> digests = new EnumMap<>(LuaScript.class);

    RedisCalls(RedisNodes nodes) {
        this.redis = nodes.client();
        for (LuaScript script : LuaScript.values()) {
            digests.put(script, nodes.load(script.text()));
        }
    }

    /** For single commands. */
    UnifiedJedis direct() {
        return redis;
    }

    Object run(LuaScript script, List<String> keys, List<String> arguments) {
        return redis.evalsha(digests.get(script), keys, arguments);
    }

    Response<Object> run(AbstractPipeline pipeline, LuaScript script, List<String> keys, List<String> arguments) {
        return pipeline.evalsha(digests.get(script), keys, arguments);
    }

    /** Sends commands together; a pipeline hands refusals back as replies, and one of them fails the whole. */
    List<Response<?>> together(Function<AbstractPipeline, List<Response<?>>> commands) {
        List<Response<?>> replies;
        try (AbstractPipeline pipeline = redis.pipelined()) {
            replies = commands.apply(pipeline);
            pipeline.sync();
        }
        try {
            replies.forEach(Response::get);
            return replies;
        } catch (IllegalStateException e) {
            throw new JedisException("A node of Redis did not answer", e);
        }
    }

    /** Writes fields of a hash, of each the value with the higher n. */
    List<Response<?>> mergeFields(AbstractPipeline pipeline, String key, Map<String, String> fields) {
        return inCalls(fields, List.of(), arguments -> run(pipeline, LuaScript.MERGE_FIELDS, List.of(key), arguments));
    }

    /** Sends fields with their values in calls of bounded size; each begins with the same arguments. */
    static List<Response<?>> inCalls(
            Map<String, String> fields, List<String> first, Function<List<String>, Response<?>> call) {
        List<Response<?>> replies = new ArrayList<>();
        List<String> arguments = new ArrayList<>(first);
        int fieldsInCall = 0;
        for (Map.Entry<String, String> field : fields.entrySet()) {
            arguments.add(field.getKey());
            arguments.add(field.getValue());
            fieldsInCall++;
            if (fieldsInCall == MAX_FIELDS_PER_CALL) {
                replies.add(call.apply(arguments));
                arguments = new ArrayList<>(first);
                fieldsInCall = 0;
            }
        }
        if (fieldsInCall > 0) {
            replies.add(call.apply(arguments));
        }
        return replies;
    }
}
