/**
 * Words that readers use for one another here: one line a class, a word in one of them. English ones are compared by their
 * stems. Japanese ones are runs as a query is cut into them (`units.ts`); a verb of one Han has the kana that are looked for.
 */
import { fold } from './fold.ts';
import { rootOf, stem } from './stem.ts';

const ENGLISH = `
init initialize initialise initialization initialisation startup setup
bill charge cost price pricing pay paid fee invoice money expensive billing payment
error exception failure fail problem issue fault bug trouble glitch mistake
crash die dead died dying segfault
kill terminate abort shut shutdown destroy evict
stop halt cancel interrupt
end finish complete
exit quit
delete remove erase clear wipe uninstall
create generate build built
save store write written wrote persist
survive keep kept retain stay
folder directory dir
library lib package dependency
invocation invoke call called caller request execute execution
response answer reply result
client user customer consumer visitor person account tenant
slow latency delay slower slowly slowness lag
fast quick speed faster quickly
wait hang hung stuck block pause unresponsive stall
parallel concurrent concurrency concurrently simultaneous simultaneously
environment sandbox instance env container
memory ram heap
disk storage filesystem drive
twice double duplicate repeat repeatedly thrice
retry retries attempt try tried
log logger logging
appear display visible arrive
missing miss lost lose gone lack vanish disappear absent omit omitted forget forgot forgotten drop dropped discard swallow
broken corrupt corrupted damaged garbled garbage mangled unreadable scrambled
wrong incorrect bad invalid malformed
old outdated stale previous earlier prior older
new newer latest newest update upgrade recent
big large huge oversized bigger larger heavy
maximum max limit quota restriction cap ceiling
convert conversion serialise serialize serialization serialisation serializable serialiser serializer encode encoder marshal stringify jsonify
parse deserialize decode unmarshal
date datetime
text string str
dict dictionary mapping
list array
credential password secret login token
permission right privilege access authorize authorization unauthorized denied deny forbidden
deploy deployment upload release
download fetch retrieve export extract obtain pull grab
path location
change modify edit alter replace override patch rewrite tweak adjust
quiet silent silently
alarm alert monitor monitoring
connect connection connecting reconnect
configure configuration config setting option
compile compilation compiler
mac macos darwin osx
computer machine laptop pc desktop
licence license copyright
legal allowed permitted illegal
start begin began launch boot spawn
resume continue proceed
left remaining rest unfinished
async asynchronous asynchronously asyncio
traceback stacktrace backtrace trace
warn warning notify notification
import load
avoid prevent bypass workaround circumvent
reduce decrease lower
throw raise thrown
catch caught
difference differ different compare comparison versus vs
local locally offline
share shared common
temporary temp tmp
kind type sort category
inside within internal internally internals
outside external
event payload input
weird strange odd unexpected surprising
today current modern nowadays present
inspect examine peek view
shadow hide hidden mask
conflict collide collision clash incompatible mismatch
reset restart reboot relaunch
verify validate check
example sample demo snippet
malicious attack hack hacker steal stolen exploit
secure safe safety vulnerable vulnerability
search locate discover detect
random sporadic intermittent
uuid guid unique
row record entry
database db
network internet online
png jpeg jpg picture photo gif
integer int
exceed surpass
decorator wrapper middleware wrap
hook callback
argument parameter arg args param params kwargs
preinstalled bundled builtin included
typo misspell misspelled misspelling
freeze frozen thaw suspend
leak bleed mix
empty blank
null none
zip archive unzip unpack
emulator simulator simulate emulate imitation imitate fake mock pretend
real actual original genuine authentic
guess assume assumption infer inferred estimate
accurate faithful precise reliable trust
unicode umlaut accent emoji
graceful cleanly
platform provider cloud vendor
code source program
global variable
job task
output stdout console
send sent transmit deliver
`;

const JAPANESE = `
料金 課金 請求 費用 コスト 代金 値段 有料 金額 支払 支払い
エラー 失敗 例外 不具合 障害 異常 バグ トラブル error
落ち 落と クラッシュ 死ぬ 死ん 異常終了
強制終了 打ち切 中断 キル
終了 終わ 終え 完了
フォルダー ディレクトリ フォルダ ディレクトリー directory folder
ライブラリ パッケージ ライブラリー 依存 library package
保存 格納 保管 書き込 書け
残る 残り 残っ 残ら 保持 維持 引き継
消え 消し 消す 失い 失わ 失う 消失 消去 削除 紛失 抜け 欠け 欠落
呼ば 呼び 呼ん 呼ぶ 呼び出 コール リクエスト インボーク
実行 動か 動い 動く 動き 走ら 走り 走る
応答 レスポンス 返事 返答 返信 response
戻り値 返り値 結果
クライアント ユーザー 利用者 顧客 お客 客
遅い 遅く 遅れ 遅延 レイテンシ レイテンシー 重い 重く
速い 速く 高速 早い 早く
待つ 待ち 待っ 待た 待機 ハング 固ま フリーズ
止ま 止め 停止 中止
同時 並列 並行
実行環境 インスタンス サンドボックス コンテナ コンテナー
二重 重複 二回 二度
再試行 リトライ 再実行 やり直
ログ ロギング ロガー log logs
表示 出力
間違 誤り 誤っ 不正
壊れ 壊す 壊し 破損 文字化け 化け
古い 古く 以前 昔 旧い
新し 最新 更新 アップデート
上限 最大 制限 限度 リミット limit
変換 シリアライズ エンコード 直列化
パース 解析 デコード
日付 日時
文字列 テキスト
リスト 配列
認証情報 資格情報 パスワード クレデンシャル 秘密 シークレット トークン アクセスキー
権限 許可 パーミッション アクセス拒否 拒否 ポリシー
アップロード デプロイ リリース
ダウンロード 取り出 取得 持ち出 持ち帰 入手 抜き出 手に入
パス 場所 位置 置き場所
変更 書き換 修正 編集 差し替 上書 改変 改造
アラーム アラート 監視 警報
接続 コネクション 繋が 繋い
設定 構成
コンパイル ビルド
パソコン コンピューター マシン
開始 始ま 始め 起動 立ち上
再開 継続 続き 続け 続く
警告 通知 知らせ 予告
読み込 ロード インポート
一時 テンポラリ テンポラリー
トレースバック スタックトレース
バージョン 版
ローカル 手元
共有 共通
投げ 送出
捕ま 捕ら キャッチ 捕捉
引数 パラメーター
遮断 ブロック
初期化 イニシャライズ
漏れ 漏洩 混ざ 混じ 混線
衝突 競合 ぶつか 食い違 不整合
隠れ 隠し 隠す
再起動 リセット
裏 バックグラウンド
途中 最中
画像 写真
安全 セキュリティ 脆弱 危険 危ない
盗ま 盗み 攻撃 悪意 悪用
本物 実物 オリジナル 原本
偽物 モック エミュレーター シミュレーター 模倣
推測 想像 仮定 推定
正確 忠実 信頼 精度 信用
調べ 確かめ 探し 探す 見つけ 検索 特定 検出 検知
比べ 比較 差異
サンプル 見本
足り 足ら 不足 枯渇
増や 増え 増加 引き上げ
減ら 削減 節約
期限 締め切 締切 デッドライン
タイムアウト 時間切れ 制限時間 timeout
片付 後片付 後始末 クリーンアップ 掃除
容量 サイズ
閉じ クローズ 切断 切れ
コード ソース ソースコード プログラム
使い回 再利用
空っぽ 空に
効か 効き 無視 反映
送信 送る 送っ 送り
仕組 内部 中身 内容
データベース DB
ループ 繰り返
先頭 冒頭
自作 自前 独自 カスタム
型 種類
避け 回避 防ぐ 防ぎ 防げ
作成 作る 作り 作っ 生成
コピー 複製
プラットフォーム 基盤 クラウド 事業者 プロバイダー
一覧 目録
仕事 作業 タスク ジョブ
順番 順序 優先順位
形式 書式 フォーマット
挙動 動作 振る舞
通信 ネットワーク
記事 ブログ 投稿
メモリ memory RAM
ハンドラー handler
スレッド thread
ランタイム runtime
カウンター counter
レイヤー layer
モジュール module
スナップショット snapshot
`;

const HAN_AND_KANA = /^(\p{Script=Han})[ぁ-ゖ]+$/u;

const ONLY_HAN = /^[\p{Script=Han}々]+$/u;
/** What ends a compound and says little: 〜関係, 〜性, and what begins one: 再〜. */
const PALE_WORD =
  /(?<=..)(?:関係|処理|方法|対策|状態|部分|自体|情報|機能|作業|問題|全体|内容|以外|以上|以下|直前|直後|途中|結果|可能|設定|対応|手順|時間|環境|失敗|不足)$/u;
const PALE_END = /(?<=..)[性化的中後前時用内外上下側型式率系版先元間等者名数量値権料源点感]$/u;
const PALE_BEGIN = /^[再各全同新旧未](?=..)/u;

const linesOf = (table: string): readonly (readonly string[])[] =>
  table
    .trim()
    .split('\n')
    .map((line) => line.split(' '));

const CLASSES: ReadonlyMap<string, string> = new Map(
  linesOf(ENGLISH).flatMap((words) =>
    words.map((word) => [rootOf(stem(word)), `=${rootOf(stem(words[0] ?? ''))}`] as const),
  ),
);

const OTHERS: ReadonlyMap<string, readonly string[]> = new Map(
  linesOf(JAPANESE).flatMap((words) => {
    const folded = words.map(fold);
    return words.map((word) => {
      const key = fold(HAN_AND_KANA.exec(word)?.[1] ?? word);
      return [key, folded.filter((other) => other !== key)] as const;
    });
  }),
);

/**
 * What an English word has in common with others, by its stem, as a term that no text has: its class, or the root that it is
 * derived from. Undefined where it has neither.
 */
export function classOf(stemmed: string): string | undefined {
  const root = rootOf(stemmed);
  return CLASSES.get(root) ?? (root === stemmed ? undefined : `=${root}`);
}

/** What is said for an English word as well, by its stem: terms of its class, or of what is derived from the same root. */
export function alikeTo(stemmed: string): readonly string[] {
  const root = rootOf(stemmed);
  const same = CLASSES.get(root);
  if (same !== undefined) return [same];
  return root === stemmed ? [`=${root}`] : [`=${root}`, root];
}

/** What is said for a run of Han or kana as well, folded. */
export function othersOf(run: string): readonly string[] {
  const bare = bareOf(run);
  return [...(OTHERS.get(run) ?? []), ...(bare === run ? [] : [bare, ...(OTHERS.get(bare) ?? [])])];
}

/** A run without what only colours it: 冪等性 is about 冪等, 依存関係 about 依存, 再起動 about 起動. */
function bareOf(run: string): string {
  if (!ONLY_HAN.test(run)) return run;
  const bare = run.length > 3 ? run.replace(PALE_WORD, '') : run;
  return bare.length > 2 ? bare.replace(PALE_END, '').replace(PALE_BEGIN, '') : bare;
}
